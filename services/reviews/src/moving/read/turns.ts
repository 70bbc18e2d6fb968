import { setImmediate } from 'node:timers/promises'

// However few steps that was: one may take long.
const longestMilliseconds = 5

/** Lets everybody else have their turn after every so many steps of long work, or a few milliseconds: await it at each step. */
export function takeTurns(every: number): () => Promise<void> {
  let steps = 0
  let began = performance.now()
  return async () => {
    steps += 1
    if (steps % every !== 0 && performance.now() - began < longestMilliseconds) return
    await setImmediate()
    began = performance.now()
  }
}
