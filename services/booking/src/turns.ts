/** Lets work on the same keys happen one after the other, in the order it was asked for. */
export type Turns = <Result>(keys: readonly string[], work: () => Promise<Result>) => Promise<Result>

/**
 * Places in all queues are taken in one go, so two that want the same keys stand in the same order in each:
 * nobody waits in a circle.
 */
export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>()

  return async (given, work) => {
    const keys = new Set(given)
    const { promise: mine, resolve: done } = Promise.withResolvers<void>()
    const before = [...keys].flatMap((key) => last.get(key) ?? [])
    for (const key of keys) last.set(key, mine)
    try {
      await Promise.all(before)
      return await work()
    } finally {
      for (const key of keys) if (last.get(key) === mine) last.delete(key)
      done()
    }
  }
}
