import { localeOf } from './money.ts'

/** "19:30" out of a wall-clock time such as 2026-12-01T19:30. */
export const clockOf = (localStart: string) => localStart.slice(11, 16)

/** The day of a wall-clock time in the calendar, as tickets and mails say it. */
export const calendarDayOf = (localStart: string) => localStart.slice(0, 10)

/** Whether people would name the night before it along with the day. */
export const isAfterMidnight = (localStart: string) => clockOf(localStart) < '05:00'

/** The day a wall-clock time belongs to in a programme: a show at 00:30 is still the evening before, as the house counts. */
export function cinemaDayOf(localStart: string, dayStartsAt = '05:00'): string {
  const day = calendarDayOf(localStart)
  return clockOf(localStart) < dayStartsAt.slice(0, 5) ? addDays(day, -1) : day
}

export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T12:00:00Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10)
}

/** The cinema day that is running now in a time zone. */
export function cinemaToday(timeZone: string, now: Date, dayStartsAt?: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '00'
  const day = `${part('year')}-${part('month')}-${part('day')}`
  return cinemaDayOf(`${day}T${part('hour')}:${part('minute')}`, dayStartsAt)
}

type DayStyle = 'weekday' | 'weekdayWhole' | 'short' | 'long' | 'dated' | 'month'

const styles: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  weekday: { weekday: 'short' },
  weekdayWhole: { weekday: 'long' },
  short: { day: 'numeric', month: 'short' },
  long: { weekday: 'long', day: 'numeric', month: 'long' },
  dated: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
}

/** A calendar day (YYYY-MM-DD) in words. */
export function dayInWords(day: string, language: string, style: DayStyle): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { ...styles[style], timeZone: 'UTC' })
  return format.format(new Date(`${day}T12:00:00Z`))
}

/** The day of an instant in words. In UTC, so that a page reads the same wherever it is rendered. */
export const instantInWords = (instant: string, language: string): string =>
  dayInWords(new Date(instant).toISOString().slice(0, 10), language, 'dated')

export const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** "1 h 52" out of minutes. */
export function runtimeInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return hours > 0 ? `${hours} h ${String(rest).padStart(2, '0')}` : `${rest} min`
}
