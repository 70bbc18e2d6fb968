import type { Answer } from './invoke.ts'
import { type Call, type Link, LinkError } from './link.ts'
import { pathFor } from './path.ts'

export type HttpLinkOptions = {
  /** The base address of an instance of the service, such as `http://10.0.0.7:4000`. */
  addressOf: (service: string) => string | Promise<string>
  /** Signs who is calling, for that audience only. */
  tokenFor: (call: Call) => string | Promise<string>
}

/** Calls a service over the network, with the caller as a signed token and the correlation id as a header. */
export function httpLink({ addressOf, tokenFor }: HttpLinkOptions): Link {
  return async (call) => {
    const url = `${await addressOf(call.service)}${pathFor(call.spec, call.raw)}`
    const hasBody = call.raw.body !== undefined
    const response = await send(url, {
      method: call.spec.method,
      headers: {
        'x-correlation-id': call.correlationId,
        'x-marquee-caller': await tokenFor(call),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...(call.idempotencyKey ? { 'idempotency-key': call.idempotencyKey } : {}),
        ...pickHeaders(call.headers),
      },
      ...(hasBody ? { body: JSON.stringify(call.raw.body) } : {}),
      ...(call.signal ? { signal: call.signal } : {}),
    })
    return read(response)
  }
}

const forwarded = ['traceparent', 'if-match', 'accept-language']

function pickHeaders(headers: Call['headers']): Record<string, string> {
  return Object.fromEntries(
    forwarded.flatMap((name) => {
      const value = headers[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError'
    throw new LinkError(late ? 'timeout' : 'unavailable', `no answer from ${new URL(url).host}`, {
      cause: error,
    })
  }
}

async function read(response: Response): Promise<Answer> {
  const type = response.headers.get('content-type') ?? ''
  const text = await response.text()
  const body: unknown = text === '' ? undefined : type.includes('json') ? JSON.parse(text) : text
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}
