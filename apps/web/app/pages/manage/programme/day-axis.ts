import { instantOf, wallClock } from '../zone-time.ts'

const hour = 3_600_000
export type Span = { from: number; to: number }
/** The hours of a day, laid out from left to right. */
export type Axis = Span & { ticks: { at: number; label: string }[] }

type Busy = { busyFrom: string; busyUntil: string }

/** Whole hours around everything that is on, and at least the afternoon and evening. */
export function axisOf(shows: readonly Busy[], day: string, timeZone: string, draft?: Span): Axis {
  const starts = shows.map((show) => Date.parse(show.busyFrom))
  const ends = shows.map((show) => Date.parse(show.busyUntil))
  if (draft) {
    starts.push(draft.from)
    ends.push(draft.to)
  }
  const usual = { from: instantOf(`${day}T14:00`, timeZone), to: instantOf(`${day}T23:00`, timeZone) }
  const from = floorHour(Math.min(usual.from, ...starts), timeZone)
  const to = Math.max(usual.to, ...ends)
  const hours = Math.ceil((to - from) / hour)
  const ticks = Array.from({ length: hours + 1 }, (_, index) => from + index * hour)
  return {
    from,
    to: from + hours * hour,
    ticks: ticks.map((at) => ({ at, label: wallClock(at, timeZone).slice(11, 13) })),
  }
}

/** Some zones stand half an hour off: the hour is the one on their clocks. */
function floorHour(instant: number, timeZone: string): number {
  return instant - Number(wallClock(instant, timeZone).slice(14, 16)) * 60_000
}

/** Where a stretch of time lies on the axis, in per cent of its length. */
export function placeOn(axis: Span, { from, to }: Span): { left: number; width: number } {
  const length = axis.to - axis.from
  return { left: ((from - axis.from) / length) * 100, width: ((to - from) / length) * 100 }
}

/** The time under a finger, on the five minutes. */
export function timeAt(axis: Span, share: number): number {
  const step = 5 * 60_000
  return Math.round((axis.from + share * (axis.to - axis.from)) / step) * step
}

/** From when a screen is free for so long, at the earliest; on the five minutes. */
export function earliestFree(busy: readonly Span[], wanted: Span): number {
  const step = 5 * 60_000
  const length = wanted.to - wanted.from
  let start = wanted.from
  for (const span of busy.toSorted((a, b) => a.from - b.from))
    if (span.from < start + length && span.to > start) start = Math.ceil(span.to / step) * step
  return start
}

export const spanOf = (show: Busy): Span => ({
  from: Date.parse(show.busyFrom),
  to: Date.parse(show.busyUntil),
})
