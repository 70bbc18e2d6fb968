/**
 * Joins lookups that arrive while one is under way into the next, so that a crowd asks once. A lookup
 * never joins one that began before it, so it never sees less than what was committed before it asked.
 */
export function createLoader<Value>(
  load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (key: string) => Promise<Value | undefined> {
  let next: { keys: Set<string>; answer: Promise<ReadonlyMap<string, Value>> } | undefined
  let running: Promise<unknown> = Promise.resolve()

  return async (key) => {
    if (!next) {
      const keys = new Set<string>()
      const answer = running.then(() => {
        next = undefined
        return load([...keys])
      })
      // Its callers hear of a failure; those who only queue behind it do not.
      running = answer.catch(() => {})
      next = { keys, answer }
    }
    next.keys.add(key)
    return (await next.answer).get(key)
  }
}
