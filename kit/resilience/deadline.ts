import { AsyncLocalStorage } from 'node:async_hooks'

type Deadline = { at: number | undefined }
const storage = new AsyncLocalStorage<Deadline>()

/**
 * Does work for somebody who waits for so long, and never longer than whoever waits for them. Every guarded call that
 * the work makes gets what is left; what it leaves running afterwards is nobody's hurry any more.
 */
export async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const outer = storage.getStore()?.at ?? Number.POSITIVE_INFINITY
  const deadline: Deadline = { at: Math.min(performance.now() + milliseconds, outer) }
  try {
    return await storage.run(deadline, work)
  } finally {
    deadline.at = undefined
  }
}

/** Milliseconds that whoever is waited for here still has, none when it is over; undefined when nobody waits. */
export function timeLeft(): number | undefined {
  const at = storage.getStore()?.at
  return at === undefined ? undefined : Math.max(0, at - performance.now())
}
