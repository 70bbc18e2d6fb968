import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IDefaultPolicyContext,
  type IPolicy,
  noop,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel'
import type { Metrics } from '../telemetry/index.ts'
import { GuardError } from './guard-error.ts'

export type GuardPolicy<Args extends unknown[], T> = {
  /** What is called, for messages and metrics: `theaters.getShow`. */
  name: string
  /** The longest a call may take, all its tries together. */
  deadlineMilliseconds: number
  /** Calls at a time, and how many more may wait; 64 and 256 unless told. */
  atOnce?: { calls: number; waiting: number }
  /** Tries after the first, only for calls that `safe` says may be made twice; the pause grows and is jittered. */
  retry?: { times: number; safe: (...args: Args) => boolean; firstPauseMilliseconds?: number }
  /** After so many failures in a row it is left alone for a while, then tried with one call. */
  breaker?: { failures: number; restMilliseconds: number }
  /** Whether an error says that the other side is unwell; only these are retried and counted. All unless told. */
  isFailure?: (error: unknown) => boolean
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
  const { name, deadlineMilliseconds, fallback, metrics } = policy
  const failures = handleWhen((error) => (policy.isFailure ? policy.isFailure(error) : true))
  const deadline = timeout(deadlineMilliseconds, TimeoutStrategy.Aggressive)
  const { calls, waiting } = policy.atOnce ?? { calls: 64, waiting: 256 }
  const room = bulkhead(calls, waiting)
  const breaker: IPolicy<IDefaultPolicyContext> = policy.breaker
    ? circuitBreaker(failures, {
        halfOpenAfter: policy.breaker.restMilliseconds,
        breaker: new ConsecutiveBreaker(policy.breaker.failures),
      })
    : noop
  const once = wrap(deadline, room, breaker)
  const again = policy.retry
    ? wrap(
        deadline,
        room,
        retry(
          handleWhen(
            (error) => !(error instanceof BrokenCircuitError) && (policy.isFailure?.(error) ?? true),
          ),
          {
            maxAttempts: policy.retry.times,
            backoff: new ExponentialBackoff({
              initialDelay: policy.retry.firstPauseMilliseconds ?? 50,
              maxDelay: deadlineMilliseconds,
            }),
          },
        ),
        breaker,
      )
    : once
  const counted = metrics?.counter('marquee_guarded_calls_total', 'Guarded calls, by outcome', [
    'call',
    'outcome',
  ])
  const took = metrics?.histogram('marquee_guarded_call_seconds', 'How long guarded calls take', ['call'])

  return async (...args) => {
    const chain = policy.retry?.safe(...args) ? again : once
    const began = performance.now()
    let outcome = 'ok'
    try {
      return await chain.execute(({ signal }) => work(signal, ...args))
    } catch (thrown) {
      const error = ours(name, thrown)
      outcome = error instanceof GuardError ? error.code : 'failed'
      if (!fallback) throw error
      outcome = 'fallback'
      return await fallback(error, ...args)
    } finally {
      counted?.inc({ call: name, outcome })
      took?.observe({ call: name }, (performance.now() - began) / 1000)
    }
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
