import { describe, expect, test } from 'vitest'
import { cinemaDay, isTimeZone, minutesIntoDay, onCinemaDay, resolveLocalStart } from './local-time.ts'

const instant = (text: string, zone: string) => {
  const start = resolveLocalStart(text, zone)
  return start.ok ? start.startsAt.toString() : start
}

describe('a local time in Berlin', () => {
  test('is winter time in December and summer time in June', () => {
    expect(instant('2026-12-01T19:30', 'Europe/Berlin')).toBe('2026-12-01T18:30:00Z')
    expect(instant('2026-06-01T19:30', 'Europe/Berlin')).toBe('2026-06-01T17:30:00Z')
  })
  test('that the clocks skip is refused with the times around it', () => {
    expect(instant('2027-03-28T02:30', 'Europe/Berlin')).toEqual({
      ok: false,
      code: 'ambiguous-time',
      choices: ['2027-03-28T01:30+01:00', '2027-03-28T03:30+02:00'],
    })
  })
  test('that the clocks repeat is refused with both, and either may be sent back', () => {
    const start = resolveLocalStart('2026-10-25T02:30', 'Europe/Berlin')
    expect(start).toEqual({
      ok: false,
      code: 'ambiguous-time',
      choices: ['2026-10-25T02:30+02:00', '2026-10-25T02:30+01:00'],
    })
    expect(instant('2026-10-25T02:30+02:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00Z')
    expect(instant('2026-10-25T02:30+01:00', 'Europe/Berlin')).toBe('2026-10-25T01:30:00Z')
  })
  test('settled by an offset inside the skipped hour names the moment that offset means', () => {
    expect(resolveLocalStart('2027-03-28T02:30+01:00', 'Europe/Berlin')).toMatchObject({
      ok: true,
      localStart: '2027-03-28T03:30',
    })
  })
  test('with an offset the clocks never show is refused', () => {
    expect(instant('2026-12-01T19:30-05:00', 'Europe/Berlin')).toMatchObject({ code: 'invalid-time' })
    expect(instant('2026-12-01T19:30Z', 'Europe/Berlin')).toMatchObject({ code: 'invalid-time' })
    expect(instant('2026-12-01T19:30Z', 'Europe/Lisbon')).toBe('2026-12-01T19:30:00Z')
  })
  test('that is no time is refused', () => {
    expect(instant('2026-13-41T99:99', 'Europe/Berlin')).toMatchObject({ code: 'invalid-time' })
    expect(instant('2026-02-30T10:00', 'Europe/Berlin')).toMatchObject({ code: 'invalid-time' })
  })
})

describe('the cinema day', () => {
  test('a show at a quarter past midnight belongs to the evening before', () => {
    expect(cinemaDay('2026-12-05T00:15', '05:00')).toBe('2026-12-04')
    expect(cinemaDay('2026-12-05T04:59', '05:00')).toBe('2026-12-04')
    expect(cinemaDay('2026-12-05T05:00', '05:00')).toBe('2026-12-05')
  })
  test('a day copied keeps its midnight show after midnight', () => {
    expect(onCinemaDay('2026-12-05T00:15', '2026-12-04', '2026-12-11')).toBe('2026-12-12T00:15')
    expect(onCinemaDay('2026-12-04T19:30', '2026-12-04', '2026-12-11')).toBe('2026-12-11T19:30')
  })
  test('counts a quarter past midnight as later than half past eleven', () => {
    expect(minutesIntoDay('00:15', '05:00')).toBeGreaterThan(minutesIntoDay('23:30', '05:00'))
  })
  test('knows zones by name only', () => {
    expect(['Europe/Lisbon', 'America/Chicago', '+02:00', 'Mars/Base', ''].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
