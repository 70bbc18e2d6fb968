import { expect, test } from 'vitest'
import { instantOf, wallClock } from '../zone-time.ts'
import { axisOf, earliestFree, placeOn, timeAt } from './day-axis.ts'

const zone = 'Europe/Berlin'
const at = (wall: string) => instantOf(wall, zone)
const busy = (from: string, to: string) => ({
  busyFrom: new Date(at(from)).toISOString(),
  busyUntil: new Date(at(to)).toISOString(),
})

test('a wall-clock time and its instant lead back to each other, also the night the clocks change', () => {
  for (const wall of ['2026-11-21T19:30', '2026-10-25T01:30', '2026-10-25T03:30', '2026-03-29T03:15'])
    expect(wallClock(instantOf(wall, zone), zone)).toBe(wall)
  expect(wallClock(instantOf('2026-11-21T19:30', 'Asia/Kolkata'), 'Asia/Kolkata')).toBe('2026-11-21T19:30')
})

test('the axis runs over the evening, and further when a matinee or a late show needs it', () => {
  const quiet = axisOf([], '2026-11-21', zone)
  expect([quiet.ticks.at(0)?.label, quiet.ticks.at(-1)?.label]).toEqual(['14', '23'])
  const long = axisOf(
    [busy('2026-11-21T10:45', '2026-11-21T13:00'), busy('2026-11-21T23:30', '2026-11-22T01:40')],
    '2026-11-21',
    zone,
  )
  expect([long.ticks.at(0)?.label, long.ticks.at(-1)?.label]).toEqual(['10', '02'])
})

test('a show lies on the axis as long as it lasts', () => {
  const axis = { from: at('2026-11-21T14:00'), to: at('2026-11-22T00:00') }
  expect(placeOn(axis, { from: at('2026-11-21T19:00'), to: at('2026-11-21T21:00') })).toEqual({
    left: 50,
    width: 20,
  })
  expect(wallClock(timeAt(axis, 0.503), zone)).toBe('2026-11-21T19:00')
})

test('the earliest free time comes after every show that is in the way', () => {
  const span = (from: string, to: string) => ({ from: at(`2026-11-21T${from}`), to: at(`2026-11-21T${to}`) })
  const shows = [span('20:00', '22:07'), span('17:00', '19:30'), span('22:30', '23:50')]
  const free = (from: string, to: string) => wallClock(earliestFree(shows, span(from, to)), zone).slice(11)
  expect(free('14:00', '16:00')).toBe('14:00')
  expect(free('19:30', '20:00')).toBe('19:30')
  expect(free('21:00', '21:20')).toBe('22:10')
  expect(free('18:00', '20:30')).toBe('23:50')
})
