import {
  type Answer,
  type Call,
  deadlineOf,
  type Fallback,
  type Link,
  LinkError,
  mayBeRepeated,
  noteSeen,
  seenHeader,
} from '../contract/index.ts'
import { GuardError, guarded } from '../resilience/index.ts'
import type { Logger, Metrics } from '../telemetry/index.ts'

const atOnce = { calls: 256, waiting: 1024 }
const breaker = { failures: 10, restMilliseconds: 2000 }
const retry = { times: 2, safe: mayBeRepeated }

/**
 * Puts every call to a service behind the same chain, wherever the service runs: a deadline (the endpoint's own, or
 * five seconds), room for so many at once, retries of what may be repeated, a breaker, and the declared fallback.
 */
export function guardedLink(link: Link, metrics: Metrics, log: Logger): Link {
  const fallbacks = metrics.counter('marquee_fallbacks_total', 'Calls answered by their fallback', ['call'])
  const guards = new Map<string, (call: Call) => Promise<Answer>>()
  const asked = new WeakSet<Call>()

  const guardOf = ({ service, name, spec }: Call) => {
    const key = `${service}.${name}`
    const known = guards.get(key)
    if (known) return known
    const guard = guarded<[Call], Answer>(
      {
        name: key,
        deadlineMilliseconds: () => deadlineOf(spec),
        atOnce,
        breaker,
        retry,
        // An answer is an answer, whatever it says, and a bug of theirs is no outage.
        isFailure: (error) => error instanceof LinkError,
        isOfOne: (error) => error instanceof LinkError && error.ofOne,
        metrics,
      },
      (signal, call) => {
        if (!call.idempotencyKey) return link({ ...call, signal })
        const again = asked.has(call)
        asked.add(call)
        return link({ ...call, signal, again })
      },
    )
    guards.set(key, guard)
    return guard
  }

  return (call) => (call.spec.fallback ? askOr(call, call.spec.fallback) : ask(call))

  async function askOr(call: Call, fallback: Fallback): Promise<Answer> {
    const answer = await ask(call).catch((error: unknown) => {
      log.warn({ err: error, call: `${call.service}.${call.name}` }, 'no answer; the fallback answers')
    })
    return answer && answer.status < 500 ? answer : askInstead(call, fallback)
  }

  async function askInstead(
    call: Call,
    { service, name, endpoint, query, present }: Fallback,
  ): Promise<Answer> {
    fallbacks.inc({ call: `${call.service}.${call.name}` })
    const asked = call.raw.query
    const raw = { query: query(typeof asked === 'object' && asked !== null ? { ...asked } : {}) }
    const { caller, correlationId, headers } = call
    const answer = await ask({ service, name, spec: endpoint, raw, caller, correlationId, headers })
    return answer.status < 300 ? { status: 200, headers: {}, body: present(answer.body as never) } : answer
  }

  function ask(call: Call): Promise<Answer> {
    return guardOf(call)(call).then(noted, asLinkError)
  }
}

function noted(answer: Answer): Answer {
  noteSeen(answer.headers[seenHeader])
  return answer
}

function asLinkError(error: unknown): never {
  if (!(error instanceof GuardError)) throw error
  throw new LinkError(error.code === 'timeout' ? 'timeout' : 'unavailable', error.message, { cause: error })
}
