import type { Figures } from '../api/types.ts'

/** A film's figures as they are once somebody's stars changed: null is no stars. */
export function withMyStars(figures: Figures, before: number | null, after: number | null): Figures {
  const histogram = [...figures.histogram]
  const move = (stars: number | null, by: number) => {
    if (stars === null) return
    const at = stars * 2 - 1
    histogram[at] = Math.max(0, (histogram[at] ?? 0) + by)
  }
  move(before, -1)
  move(after, 1)
  const count = histogram.reduce((sum, one) => sum + one, 0)
  const sum = histogram.reduce((all, one, at) => all + (one * (at + 1)) / 2, 0)
  return { histogram, count, average: count > 0 ? sum / count : null }
}
