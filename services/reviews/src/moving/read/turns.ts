import { setImmediate } from 'node:timers/promises'

/** Lets everybody else have their turn after every so many steps of long work: await it at each step. */
export function takeTurns(every: number): () => Promise<void> {
  let steps = 0
  return async () => {
    steps += 1
    if (steps % every === 0) await setImmediate()
  }
}
