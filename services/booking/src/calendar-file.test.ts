import { expect, test } from 'vitest'
import { calendarFile } from './calendar-file.ts'

const facts = {
  version: 1,
  startsAt: '2026-11-22T20:00:00Z',
  runtimeMinutes: 90,
  movieTitle: 'M',
  theaterName: 'Lumen',
  screenName: '1',
  theaterAddress: 'Street 1',
}
const seat = (seatId: string) =>
  ({ seatId, row: seatId.charAt(0), number: seatId.slice(1) }) as Order['seats'][number]
const ticket = (seatId: string, status: 'valid' | 'refunded') =>
  ({ seatId, status }) as Order['tickets'][number]
type Order = Parameters<typeof calendarFile>[0]
const order: Order = {
  id: '01900000-0000-7000-8000-000000000000',
  version: 1,
  seats: [seat('D5'), seat('D6')],
  tickets: [ticket('D5', 'valid'), ticket('D6', 'valid')],
  showCancelled: false,
}
const now = Temporal.Instant.from('2026-11-01T00:00:00Z')

test('whatever a theater is called, its name adds no line to a calendar', () => {
  const theaterName = 'Lumen\rBEGIN:VALARM\nX:1\r\nATTENDEE:mailto:a@example.org'
  const lines = calendarFile(order, { ...facts, theaterName }, now).split(/\r\n|\r|\n/)
  expect(lines.filter((line) => /^(BEGIN:VALARM|X:|ATTENDEE)/.test(line))).toEqual([])
  expect(lines.find((line) => line.startsWith('LOCATION'))).toContain('Lumen\\nBEGIN:VALARM\\nX:1\\nATTENDEE')
})

test('a change of the order and one of the show each give the file a higher number', () => {
  const numberOf = (file: string) => Number(/^SEQUENCE:(\d+)\r$/m.exec(file)?.[1])
  const first = numberOf(calendarFile(order, facts, now))
  expect(numberOf(calendarFile(order, { ...facts, version: 2 }, now))).toBeGreaterThan(first)
  expect(numberOf(calendarFile({ ...order, version: 2 }, facts, now))).toBeGreaterThan(first)
})

test('seats given back leave the calendar, and the evening does with the last of them', () => {
  const linesOf = (tickets: Order['tickets'], more: Partial<Order> = {}) =>
    calendarFile({ ...order, ...more, tickets }, facts, now).split('\r\n')
  const one = linesOf([ticket('D5', 'refunded'), ticket('D6', 'valid')])
  expect(one).toContainEqual(expect.stringMatching(/^DESCRIPTION:.*Seats D6\.$/))
  expect(one).toContain('STATUS:CONFIRMED')
  expect(linesOf([ticket('D5', 'refunded'), ticket('D6', 'refunded')])).toContain('STATUS:CANCELLED')
  expect(linesOf(order.tickets, { showCancelled: true })).toContain('STATUS:CANCELLED')
})
