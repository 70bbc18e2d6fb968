import type { ShowFacts } from '@marquee/contracts/theaters'
import { orderNumber } from './order-record.ts'
import type { OrderView } from './order-view.ts'

type Order = Pick<OrderView, 'id' | 'version' | 'seats' | 'tickets' | 'showCancelled'>
type Facts = Pick<
  ShowFacts,
  'version' | 'startsAt' | 'runtimeMinutes' | 'movieTitle' | 'theaterName' | 'screenName' | 'theaterAddress'
>

/** An order's show as an iCalendar file (RFC 5545): called off where no ticket is left, as where there is no show. */
export function calendarFile(order: Order, facts: Facts, now: Temporal.Instant): string {
  const start = Temporal.Instant.from(facts.startsAt)
  const back = new Set(order.tickets.flatMap(({ seatId, status }) => (status === 'refunded' ? [seatId] : [])))
  const left = order.seats.filter(({ seatId }) => !back.has(seatId))
  const goesOn = !order.showCancelled && left.length > 0
  const seats = (goesOn ? left : order.seats).map(({ row, number }) => `${row}${number}`).join(', ')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Marquee//Booking//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${order.id}@marquee`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(start.add({ minutes: facts.runtimeMinutes }))}`,
    `SUMMARY:${escaped(facts.movieTitle)}`,
    `LOCATION:${escaped(`${facts.theaterName}, ${facts.screenName}, ${facts.theaterAddress}`)}`,
    `DESCRIPTION:${escaped(`Order ${orderNumber(order.id)}. Seats ${seats}.`)}`,
    `STATUS:${goesOn ? 'CONFIRMED' : 'CANCELLED'}`,
    // A calendar moves its entry by a file with a higher number: the order's changes and the show's count alike.
    `SEQUENCE:${order.version + facts.version}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function stamp(at: Temporal.Instant): string {
  return `${at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r\n|\r|\n/g, '\\n')
}

// Lines end at 75 bytes and go on behind a space; a character is never cut in two.
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let bytes = 0
  for (const sign of line) {
    const size = Buffer.byteLength(sign)
    if (bytes + size > 74) {
      parts.push(part)
      part = ''
      bytes = 0
    }
    part += sign
    bytes += size
  }
  return [...parts, part].join('\r\n ')
}
