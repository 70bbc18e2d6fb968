import { isUnavailable } from '../resilience/index.ts'
import { idempotencyOf } from './idempotency.ts'
import type { Implementation } from './implement.ts'
import { type Answer, createInvoke, type Invoke } from './invoke.ts'
import { type Link, LinkError } from './link.ts'

/**
 * Calls a service in this process. Input and output still pass through JSON, so that what a network would
 * change (a Date, an undefined, a shared reference) changes here too.
 */
export function localLink(find: (service: string) => Implementation | undefined): Link {
  const invokes = new Map<string, Invoke>()
  return async (call) => {
    const key = `${call.service}.${call.name}`
    let invoke = invokes.get(key)
    if (!invoke) {
      const implementation = find(call.service)
      if (!implementation) throw new LinkError('unavailable', `${call.service} is not hosted here`)
      invoke = createInvoke(implementation, call.name)
      invokes.set(key, invoke)
    }
    const raw = throughJson(call.raw)
    const answer = await invoke(raw, {
      caller: call.caller,
      correlationId: call.correlationId,
      headers: call.headers,
      ...(call.idempotencyKey
        ? { idempotency: idempotencyOf(key, call.idempotencyKey, call.caller, raw.body) }
        : {}),
    }).catch((error: unknown) => {
      if (!isUnavailable(error)) throw error
      throw new LinkError('unavailable', `${call.service} cannot answer: ${error.message}`, { cause: error })
    })
    return { ...answer, body: bodyThroughJson(answer) }
  }
}

function bodyThroughJson(answer: Answer): unknown {
  if (answer.body === undefined || typeof answer.body === 'string') return answer.body
  if (answer.body instanceof Uint8Array) return Buffer.from(answer.body).toString('utf8')
  return throughJson(answer.body)
}

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
