import { setImmediate } from 'node:timers/promises'

/** Whether it settles without waiting for anything outside this process: no engine, no timer. */
export function isAtOnce(asked: Promise<unknown>): Promise<boolean> {
  const settled = asked.then(
    () => true,
    () => true,
  )
  return Promise.race([settled, setImmediate(false)])
}
