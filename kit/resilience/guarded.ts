import { AsyncLocalStorage } from 'node:async_hooks'
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  noop,
  retry,
  TaskCancelledError,
} from 'cockatiel'
import type { Metrics } from '../telemetry/index.ts'
import { timeLeft, within } from './deadline.ts'
import { GuardError } from './guard-error.ts'

export type GuardPolicy<Args extends unknown[], T> = {
  /** What is called, for messages and metrics: `theaters.getShow`. */
  name: string
  /**
   * The longest a call may take, all its tries together; less when its caller has less time left. A function is asked
   * for each call.
   */
  deadlineMilliseconds: number | (() => number)
  /** Calls at a time, and how many more may wait; 64 and 256 unless told. */
  atOnce?: { calls: number; waiting: number }
  /** Tries after the first, only for calls that `safe` says may be made twice; the pause grows and is jittered. */
  retry?: { times: number; safe: (...args: Args) => boolean; firstPauseMilliseconds?: number }
  /** After so many failures in a row it is left alone for a while, then tried with one call. */
  breaker?: { failures: number; restMilliseconds: number }
  /** Whether an error says that the other side is unwell; only these are retried and counted. All unless told. */
  isFailure?: (error: unknown) => boolean
  /** Whether such an error is about one of several who could answer; the breaker leaves nobody alone for these. */
  isOfOne?: (error: unknown) => boolean
  /** What to answer instead, when all has failed. */
  fallback?: (error: unknown, ...args: Args) => Promise<T> | T
  metrics?: Metrics
}

/**
 * Puts a call that may fail behind a deadline, a bulkhead, retries, a breaker and a fallback, from the outside in
 * (the fallback outermost). `work` gets a signal that is aborted when nobody waits any more. Throws what the work
 * threw, or a `GuardError`.
 */
export function guarded<Args extends unknown[], T>(
  policy: GuardPolicy<Args, T>,
  work: (signal: AbortSignal, ...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  const { name, fallback, metrics } = policy
  const { deadlineMilliseconds: given } = policy
  const deadlineNow = typeof given === 'function' ? given : () => given
  const isFailure = (error: unknown) => policy.isFailure?.(error) ?? true
  const failures = handleWhen((error) => isFailure(error) && !policy.isOfOne?.(error))
  const { calls, waiting } = policy.atOnce ?? { calls: 64, waiting: 256 }
  const room = bulkhead(calls, waiting)
  const inARow = policy.breaker && new ConsecutiveBreaker(policy.breaker.failures)
  const breaker = inARow && breakerOf(inARow, policy.breaker?.restMilliseconds ?? 0)
  const once = breaker ?? noop
  const again = policy.retry && retryOf(policy.retry)
  const labels = { call: name }
  const counted = metrics?.counter('marquee_guarded_calls_total', 'Guarded calls, by outcome', [
    'call',
    'outcome',
  ])
  const running = metrics?.gauge('marquee_guarded_calls_running', 'Guarded calls under way', ['call'])
  const took = metrics?.histogram('marquee_guarded_call_seconds', 'How long guarded calls take', ['call'])

  return async (...args) => {
    const left = timeLeft()
    const longest = deadlineNow()
    const began = performance.now()
    let outcome = 'ok'
    try {
      if (left === 0) throw new GuardError('timeout', `nobody waits for ${name} any more`)
      // One call tries whether all is well again; the library would let the others wait for it.
      if (breaker?.state === CircuitState.HalfOpen) throw new BrokenCircuitError()
      // Whoever waits for the caller may have said already that it is no longer: what the work leaves running then has what is
      // left of the caller's time, too.
      if (left !== undefined && left <= longest) return await execute(left, args)
      return await within(longest, () => execute(longest, args))
    } catch (thrown) {
      const error = ours(name, thrown)
      outcome = error instanceof GuardError ? error.code : 'failed'
      if (!fallback) throw error
      outcome = 'fallback'
      return await fallback(error, ...args)
    } finally {
      counted?.inc({ call: name, outcome })
      took?.observe(labels, (performance.now() - began) / 1000)
      running?.set(labels, calls - room.executionSlots)
    }
  }

  // A timer of our own: the library's aborts a signal, stack trace and all, after every call that went well.
  function execute(milliseconds: number, args: Args): Promise<T> {
    return new Promise((resolve, reject) => {
      const patience = new AbortController()
      const timer = setTimeout(() => {
        reject(new TaskCancelledError())
        patience.abort()
      }, milliseconds)
      const enter = () => {
        // Judged here and not by the room, which would wake nobody after one that gave up waiting.
        if (patience.signal.aborted) throw new TaskCancelledError()
        running?.set(labels, calls - room.executionSlots)
        return attempt(patience.signal, args)
      }
      // Whoever waits for room would begin in the context of the call that made it.
      const hasRoom = room.executionSlots > 0
      const inRoom = room.execute(hasRoom ? enter : AsyncLocalStorage.bind(enter))
      const end =
        <A>(settle: (came: A) => void) =>
        (came: A) => {
          clearTimeout(timer)
          settle(came)
        }
      inRoom.then(end(resolve), end(reject))
    })
  }

  /** The work, and the chain behind it only once it has failed: in a gateway where all is well, chains cost most. */
  async function attempt(signal: AbortSignal, args: Args): Promise<T> {
    // Never a signal of the chain's own: a call that waited for another's trial would be given one that nothing aborts.
    const tryIt = () => work(signal, ...args)
    const retrying = policy.retry?.safe(...args) ? again : undefined
    const isClosed = () => !breaker || breaker.state === CircuitState.Closed
    if (!isClosed()) {
      const guardedTry = () => once.execute(tryIt, signal)
      return retrying ? retrying.execute(guardedTry, signal) : guardedTry()
    }
    try {
      const result = await tryIt()
      inARow?.success()
      return result
    } catch (error) {
      const failed = () => Promise.reject<T>(error)
      let isFirst = true
      const next = () => {
        if (!isFirst) return once.execute(tryIt, signal)
        isFirst = false
        // A breaker that opened meanwhile would say that it rests instead of what happened.
        return isClosed() ? once.execute(failed, signal) : failed()
      }
      return retrying ? retrying.execute(next, signal) : next()
    }
  }

  function breakerOf(inARow: ConsecutiveBreaker, restMilliseconds: number) {
    const breaker = circuitBreaker(failures, { halfOpenAfter: restMilliseconds, breaker: inARow })
    const open = metrics?.gauge('marquee_guarded_calls_resting', '1 while a breaker is open', ['call'])
    breaker.onBreak(() => open?.set({ call: name }, 1))
    breaker.onReset(() => open?.set({ call: name }, 0))
    return breaker
  }

  function retryOf({ times, firstPauseMilliseconds = 50 }: NonNullable<typeof policy.retry>) {
    const isRetried = (error: unknown) => !(error instanceof BrokenCircuitError) && isFailure(error)
    const again = retry(handleWhen(isRetried), {
      maxAttempts: times,
      backoff: new ExponentialBackoff({
        initialDelay: firstPauseMilliseconds,
        maxDelay: deadlineNow(),
      }),
    })
    const retried = metrics?.counter('marquee_guarded_retries_total', 'Tries after the first', ['call'])
    again.onRetry(() => retried?.inc({ call: name }))
    return again
  }
}

function ours(name: string, error: unknown): unknown {
  if (error instanceof TaskCancelledError)
    return new GuardError('timeout', `${name} did not answer in time`, error)
  if (error instanceof BulkheadRejectedError)
    return new GuardError('overloaded', `too many calls of ${name} are waiting`, error)
  if (error instanceof BrokenCircuitError)
    return new GuardError('resting', `${name} failed too often and is left alone for a while`, error)
  return error
}
