import type { Order } from '@marquee/contracts/booking'

/** An order's show as an iCalendar file (RFC 5545); the same entry as the one the order's page gives. */
export function calendar(order: Order, { link, now }: { link: string; now: Temporal.Instant }): string {
  const { show } = order
  const start = Temporal.Instant.from(show.startsAt)
  const seats = order.seats.map(({ row, number }) => `${row}${number}`).join(', ')
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Marquee//Notifications//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${order.id}@marquee`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(start.add({ minutes: show.runtimeMinutes }))}`,
    `SUMMARY:${escaped(show.movieTitle)}`,
    `LOCATION:${escaped(`${show.theaterName}, ${show.screenName}, ${show.theaterAddress}`)}`,
    `DESCRIPTION:${escaped(`Order ${order.number}. Seats ${seats}.\n${link}`)}`,
    `STATUS:${show.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function stamp(at: Temporal.Instant): string {
  return at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r\n|\r|\n/g, '\\n')
}

// A line has at most 75 bytes and goes on behind a space; a character is never cut in two.
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const sign of line) {
    if (Buffer.byteLength(part) + Buffer.byteLength(sign) > 74) {
      parts.push(part)
      part = ''
    }
    part += sign
  }
  return [...parts, part].join('\r\n ')
}
