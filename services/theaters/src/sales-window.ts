/**
 * Until when a show is sold: online until it starts, at the counter while trailers and latecomers come in.
 * Nothing is sold from the moment its theater closes.
 */
export function salesWindow({
  starts_at: startsAt,
  closed_at: closedAt,
}: {
  starts_at: Temporal.Instant
  closed_at: Temporal.Instant | null
}) {
  const untilClosing = (time: Temporal.Instant) =>
    closedAt && Temporal.Instant.compare(closedAt, time) < 0 ? closedAt : time
  return { onlineUntil: untilClosing(startsAt), counterUntil: untilClosing(startsAt.add({ minutes: 30 })) }
}

/** What a buyer should expect: `few` below a seventh of the house. */
export function availabilityOf(left: number, capacity: number): 'good' | 'few' | 'none' {
  if (left <= 0) return 'none'
  return left * 7 < capacity ? 'few' : 'good'
}
