/** Where the primary's log was; everything committed before `at` (this process's own clock) lies before `position`. */
export type Sample = { at: number; position: bigint }

/**
 * How far behind somebody is who replayed up to a position, in milliseconds: the time between the newest sample and
 * the newest one they have. Infinite when they have none of those that are kept.
 */
export function lagOf(samples: readonly Sample[], replayed: bigint): number {
  const newest = samples.at(-1)
  const reached = samples.findLast(({ position }) => position <= replayed)
  return newest && reached ? newest.at - reached.at : Number.POSITIVE_INFINITY
}
