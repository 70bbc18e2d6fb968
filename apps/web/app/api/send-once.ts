import { inTab } from '../util/storage.ts'
import { type Answer, send } from './browser.ts'

type Options = { headers?: Record<string, string> }

const inProgressTries = 30

/**
 * Sends what must happen once. The key outlives a reload, so that sending the same thing again after a lost
 * answer repeats the answer and not the purchase.
 */
export async function sendOnce<Value>(
  action: string,
  path: string,
  body: unknown,
  options: Options = {},
): Promise<Answer<Value>> {
  const key = keyOf(action, JSON.stringify(body))
  for (let tries = 0; ; tries += 1) {
    const answer = await send<Value>('POST', path, {
      body,
      headers: { ...options.headers, 'idempotency-key': key },
    })
    if (!answer.ok && answer.code === 'request-in-progress' && tries < inProgressTries) {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      continue
    }
    if (isSettled(answer)) inTab.forget(slot(action))
    return answer
  }
}

/** No answer, a broken one or none yet: nobody knows what happened, so the key is kept for the next try. */
export const isSettled = (answer: Answer<unknown>) =>
  answer.ok || (answer.status > 0 && answer.status < 500 && answer.code !== 'request-in-progress')

const slot = (action: string) => `once:${action}`

function keyOf(action: string, body: string): string {
  const print = fingerprint(body)
  const [key = '', stored] = inTab.read(slot(action))?.split(' ') ?? []
  if (key && stored === print) return key
  const bytes = crypto.getRandomValues(new Uint8Array(18))
  const fresh = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
  inTab.write(slot(action), `${fresh} ${print}`)
  return fresh
}

// Two rounds of FNV-1a: enough to tell bodies apart, and no card number is ever stored.
function fingerprint(text: string): string {
  const round = (seed: number) => {
    let hash = seed
    for (let index = 0; index < text.length; index += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    }
    return (hash >>> 0).toString(36)
  }
  return round(0x811c9dc5) + round(0x1b873593)
}
