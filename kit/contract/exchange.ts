import { Agent as PlainAgent, type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestSecure, Agent as SecureAgent } from 'node:https'

export type Sent = {
  method: string
  headers: Record<string, string>
  body?: string | Uint8Array
  signal?: AbortSignal
  /** Handed what ends the request with an error, whenever that is. */
  began?: (cut: (error: Error) => void) => void
}
export type Received = { status: number; headers: Record<string, string>; bytes: Buffer }

// Without a limit of its own an agent is deaf to how long the other end keeps an idle connection, and meets it closing.
const idle = { keepAlive: true, maxFreeSockets: 256, timeout: 60_000 }
const plain = { send: requestPlain, agent: new PlainAgent(idle) }
const secure = { send: requestSecure, agent: new SecureAgent(idle) }
type Place = typeof plain & Pick<RequestOptions, 'hostname' | 'port'>

const places = new Map<string, Place>()

// Node's own client: a third of what `fetch` costs, and a gateway does little else.
/**
 * One request to `address`, such as `http://10.0.0.7:3100`, over a connection that is kept, and its whole answer.
 * Throws what the network says, an `Error` with its `code`; an `AbortError` when nobody waits any more.
 */
export function exchange(address: string, path: string, sent: Sent): Promise<Received> {
  const { method, headers, body, signal, began } = sent
  const { send, ...place } = places.getOrInsertComputed(address, placeOf)
  return new Promise((resolve, reject) => {
    // Of a DELETE the client would not say how long its body is.
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const request = send({ ...place, path, method, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', fail)
      response.on('end', () => {
        signal?.removeEventListener('abort', giveUp)
        const [only] = chunks
        const bytes = chunks.length === 1 && only ? only : Buffer.concat(chunks)
        resolve({ status: response.statusCode ?? 0, headers: single(response.headers), bytes })
      })
    })
    request.on('error', fail)
    // The client's own way of heeding a signal costs as much as the rest of the request.
    if (signal?.aborted) giveUp()
    else signal?.addEventListener('abort', giveUp)
    began?.((error) => request.destroy(error))
    request.end(body)

    function giveUp(): void {
      request.destroy(new DOMException('nobody waits any more', 'AbortError'))
    }
    function fail(error: Error): void {
      signal?.removeEventListener('abort', giveUp)
      reject(error)
    }
  })
}

function placeOf(address: string): Place {
  const { protocol, hostname, port } = new URL(address)
  const how = protocol === 'https:' ? secure : plain
  return { ...how, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port }
}

function single(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (typeof value === 'string') kept[name] = value
  }
  return kept
}
