import type { Contract, Endpoints } from './contract.ts'
import type { Implementation } from './implement.ts'
import { createInvoke, type Invoke, problemAnswer } from './invoke.ts'
import { type Link, LinkError } from './link.ts'
import { fail } from './outcome.ts'

/** A contract and who answers it, in this process or another. */
export type Answering = { contract: Contract; invokeOf: (name: string) => Invoke }

/** Answered by a service of this process. */
export const answeredHere = <Of extends Endpoints>(implementation: Implementation<Of>): Answering => ({
  contract: implementation.contract,
  // Whatever its endpoints are: an invocation parses its input by them.
  invokeOf: (name) => createInvoke(implementation as unknown as Implementation, name),
})

/** Answered by a service behind a link; what it says is handed on unread. No answer is a problem with `Retry-After`. */
export function answeredElsewhere(contract: Contract, link: Link): Answering {
  return {
    contract,
    invokeOf(name) {
      const spec = contract.endpoints[name]
      if (!spec) throw new Error(`${contract.name} has no ${name}`)
      return async (raw, { caller, correlationId, headers, rawBody }) => {
        const idempotencyKey = headers['idempotency-key']
        try {
          return await link({
            service: contract.name,
            name,
            spec,
            raw,
            caller,
            correlationId,
            headers,
            unread: true,
            ...(rawBody ? { rawBody } : {}),
            ...(idempotencyKey ? { idempotencyKey } : {}),
          })
        } catch (error) {
          if (!(error instanceof LinkError)) throw error
          const later = fail(error.code, undefined, `${contract.name} does not answer`, {
            'retry-after': '1',
          })
          return problemAnswer(later, correlationId)
        }
      }
    },
  }
}
