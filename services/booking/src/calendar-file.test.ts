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
const order = { id: '01900000-0000-7000-8000-000000000000', version: 1, seats: [], showCancelled: false }
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
