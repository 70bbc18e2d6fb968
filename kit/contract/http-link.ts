import { setTimeout as pause } from 'node:timers/promises'
import { timeLeft } from '../resilience/index.ts'
import { deadlineOf } from './deadlines.ts'
import { exchange, type Received } from './exchange.ts'
import type { Answer } from './invoke.ts'
import { type Call, type Link, LinkError, mayBeRepeated } from './link.ts'
import { pathFor } from './path.ts'

/** The header in which a call says how many milliseconds its caller still waits. */
export const deadlineHeader = 'x-marquee-deadline'

export type HttpLinkOptions = {
  /** An instance of the service that was not tried yet, such as `http://10.0.0.7:3100`; undefined when none is left. */
  reach: (service: string, tried: readonly string[]) => Instance | undefined
  /** Signs who is calling, for that audience only. */
  tokenFor: (call: Call) => string | Promise<string>
}
type Instance = {
  address: string
  /** What came of the call: an answer or none; none within a fair time; or nothing that tells about the instance. */
  done: (came: boolean | 'late' | 'unknown', kind?: object) => void
  /** Calls back when the instance turns out to hang while another may be asked. */
  onHang?: (listener: () => void) => void
}

const mostInstances = 3
const lookAgainAfter = 100

/** Calls a service over the network, with the caller as a signed token and the correlation id as a header. */
export function httpLink({ reach, tokenFor }: HttpLinkOptions): Link {
  return async (call) => {
    const began = performance.now()
    let again = call.again ?? false
    for (;;) {
      const { received, wasLost } = await askInTurn(call)
      again ||= wasLost
      // Whoever was asked first may still be at it; who asked only once is told what comes of it.
      const waits = again && isUnderWay(received) && performance.now() - began < deadlineOf(call.spec) / 2
      if (!waits) return read(received, call.unread ?? false)
      await pause(lookAgainAfter)
    }
  }

  /** The answer of the first who gives one, and whether somebody before may have heard the call, too. */
  async function askInTurn(call: Call): Promise<{ received: Received; wasLost: boolean }> {
    const tried: string[] = []
    let wasLost = false
    let last: unknown
    while (tried.length < mostInstances) {
      const instance = reach(call.service, tried)
      if (!instance) break
      tried.push(instance.address)
      const began = performance.now()
      let came: Parameters<Instance['done']>[0] = false
      try {
        const token = tokenFor(call)
        const received = await ask(instance, call, typeof token === 'string' ? token : await token)
        came = true
        return { received, wasLost }
      } catch (error) {
        const fair = performance.now() - began >= deadlineOf(call.spec) / 2
        const isOver = call.signal?.aborted ?? false
        if (isOver) came = fair ? 'late' : 'unknown'
        if (!neverSent(error)) {
          if (isOver || !mayBeRepeated(call)) throw lost(error, instance.address)
          wasLost = true
        }
        last = error
      } finally {
        instance.done(came, call.spec)
      }
    }
    throw new LinkError('unavailable', `no instance of ${call.service} answers`, { cause: last })
  }
}

/** An instance did nothing any more, and what it was asked may be asked of another. */
class Hanging extends Error {}

function ask({ address, onHang }: Instance, call: Call, token: string): Promise<Received> {
  const body = call.rawBody ?? jsonOf(call.raw.body)
  const left = timeLeft()
  const headers = pickHeaders(call)
  headers['x-correlation-id'] = call.correlationId
  headers['x-marquee-caller'] = token
  if (left !== undefined) headers[deadlineHeader] = String(Math.floor(left))
  if (typeof body === 'string') headers['content-type'] = 'application/json'
  if (call.idempotencyKey) headers['idempotency-key'] = call.idempotencyKey
  const mayBeCut = onHang && mayBeRepeated(call)
  return exchange(address, pathFor(call.spec, call.raw), {
    method: call.spec.method,
    headers,
    body,
    signal: call.signal,
    began: mayBeCut ? (cut) => onHang(() => cut(new Hanging())) : undefined,
  })
}

const isUnderWay = ({ status, bytes }: Received): boolean =>
  status === 409 && bytes.includes('"request-in-progress"')

const jsonOf = (body: unknown): string | undefined => (body === undefined ? undefined : JSON.stringify(body))

const forwarded = ['traceparent', 'if-match', 'accept-language', 'origin']
// What is about one connection, or speaks for somebody whom the token names.
const own =
  /^(connection|host|content-length|transfer-encoding|upgrade|keep-alive|cookie|authorization|x-marquee-.*|expect)$/

/** Of a signed message, everything: its signature is a header that only its reader knows. */
function pickHeaders({ headers, rawBody }: Call): Record<string, string> {
  const picked: Record<string, string> = {}
  for (const name of rawBody ? Object.keys(headers).filter((one) => !own.test(one)) : forwarded) {
    const value = headers[name]
    if (value !== undefined) picked[name] = value
  }
  return picked
}

const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Whether the request cannot have reached anybody, so that asking somebody else is no second time. */
function neverSent(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every((one) => beforeSending.has(codeOf(one)))
  return beforeSending.has(codeOf(error))
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

function lost(error: unknown, address: string): LinkError {
  const late = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
  return new LinkError(late ? 'timeout' : 'unavailable', `no answer from ${new URL(address).host}`, {
    cause: error,
    ofOne: !late,
  })
}

// What is about one connection, or said anew by whoever hands the answer on.
const dropped = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'x-correlation-id',
])

function read({ status, headers, bytes }: Received, unread: boolean): Answer {
  const kept: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (typeof value === 'string' && !dropped.has(name)) kept[name] = value
  }
  return { status, headers: kept, body: bodyOf(bytes, kept['content-type'] ?? '', unread) }
}

function bodyOf(bytes: Buffer, type: string, unread: boolean): unknown {
  if (bytes.length === 0) return undefined
  if (unread || !/^text\/|json|xml/.test(type)) return bytes
  const text = bytes.toString('utf8')
  return type.includes('json') ? JSON.parse(text) : text
}
