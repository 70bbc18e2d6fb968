import { timeLeft } from '../resilience/index.ts'
import type { Contract, Endpoints } from './contract.ts'
import type { Implementation } from './implement.ts'
import { type Answer, createInvoke, type Invoke, problemAnswer } from './invoke.ts'
import { type Call, type Link, LinkError } from './link.ts'
import { fail } from './outcome.ts'

/** A contract and who answers it, in this process or another. */
export type Answering = { contract: Contract; invokeOf: (name: string) => Invoke }

/** Answered by a service of this process, within the time that whoever asks has. */
export const answeredHere = <Of extends Endpoints>(implementation: Implementation<Of>): Answering => ({
  contract: implementation.contract,
  // Whatever its endpoints are: an invocation parses its input by them.
  invokeOf: (name) => inTime(createInvoke(implementation as unknown as Implementation, name)),
})

/** Answers that it took too long when nobody waits any longer, whatever it is that does not come back. */
function inTime(invoke: Invoke): Invoke {
  return (raw, request) => {
    const left = timeLeft()
    if (left === undefined) return invoke(raw, request)
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(
        () => resolve(problemAnswer(fail('timeout'), request.correlationId)),
        Math.ceil(left),
      )
      invoke(raw, request)
        .finally(() => clearTimeout(timer))
        .then(resolve, reject)
    })
  }
}

/** Answered by a service behind a link; what it says is handed on unread. No answer is a problem with `Retry-After`. */
export function answeredElsewhere(contract: Contract, link: Link): Answering {
  return {
    contract,
    invokeOf(name) {
      const spec = contract.endpoints[name]
      if (!spec) throw new Error(`${contract.name} has no ${name}`)
      return (raw, { caller, correlationId, headers, rawBody }) => {
        const call: Call = {
          service: contract.name,
          name,
          spec,
          raw,
          caller,
          correlationId,
          headers,
          unread: true,
          rawBody,
          idempotencyKey: headers['idempotency-key'] || undefined,
        }
        return link(call).catch((error: unknown) => {
          if (!(error instanceof LinkError)) throw error
          const later = fail(error.code, undefined, `${contract.name} does not answer`, {
            'retry-after': '1',
          })
          return problemAnswer(later, correlationId)
        })
      }
    },
  }
}
