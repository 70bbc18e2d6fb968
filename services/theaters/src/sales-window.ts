/** Until when a show is sold: online until it starts, at the counter while trailers and latecomers come in. */
export function salesWindow(startsAt: Temporal.Instant, counterMinutes = 30) {
  return { onlineUntil: startsAt, counterUntil: startsAt.add({ minutes: counterMinutes }) }
}

/** What a buyer should expect: `few` below a seventh of the house. */
export function availabilityOf(left: number, capacity: number): 'good' | 'few' | 'none' {
  if (left <= 0) return 'none'
  return left * 7 < capacity ? 'few' : 'good'
}
