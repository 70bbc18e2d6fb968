import { Fatal } from '../fatal.ts'

export type Answer = { status: number; body: Record<string, unknown> }
export type Ask = (
  method: 'GET' | 'POST',
  path: string,
  options?: { body?: unknown; headers?: Record<string, string> },
) => Promise<Answer>

/** Talks to a running Marquee the way any program would. */
export function createAsk(origin: string): Ask {
  return async (method, path, { body, headers = {} } = {}) => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new Fatal('no-answer', `${origin} answers no more; start Marquee again, then rush`, { cause })
    })
    const text = await response.text()
    return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : {} }
  }
}
