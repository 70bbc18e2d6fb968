/** What the work before left for the one after it, while they follow each other without a pause. */
export type Turn<Left, Result> = { result: Result; left?: Left }

/** Lets work on the same key go one after another in this process, so that it does not race itself. */
export function createTurns<Left>() {
  const last = new Map<string, Promise<Left | undefined>>()
  return async <Result>(
    key: string,
    work: (left: Left | undefined) => Promise<Turn<Left, Result>>,
  ): Promise<Result> => {
    const before = last.get(key)
    const mine = before ? before.then(work) : work(undefined)
    const left = mine.then(
      (turn) => turn.left,
      () => undefined,
    )
    last.set(key, left)
    try {
      return (await mine).result
    } finally {
      if (last.get(key) === left) last.delete(key)
    }
  }
}
