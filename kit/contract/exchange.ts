import { type Dispatcher, Pool } from 'undici'

export type Sent = {
  method: string
  headers: Record<string, string>
  body?: string | Uint8Array | undefined
  signal?: AbortSignal | undefined
  /** Handed what ends the request with an error, whenever that is. */
  began?: ((cut: (error: Error) => void) => void) | undefined
}
export type Received = { status: number; headers: NodeJS.Dict<string | string[]>; bytes: Buffer }

// How long anybody waits for an answer is said with each request; for a connection nobody waits longer than this.
const patience = { connectTimeout: 3000, headersTimeout: 0, bodyTimeout: 0 }
const pools = new Map<string, Pool>()
const open = (address: string) => new Pool(address, patience)

// About six tenths of what Node's own client costs and a fifth of `fetch`, and a gateway does little else: so not the promises on
// top of it either.
/**
 * One request to `address`, such as `http://10.0.0.7:3100`, over a connection that is kept, and its whole answer.
 * Throws what the network says, an `Error` with its `code`; an `AbortError` when nobody waits any more.
 */
export function exchange(address: string, path: string, sent: Sent): Promise<Received> {
  const { method, headers, body = null, signal, began } = sent
  const pool = pools.getOrInsertComputed(address, open)
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(givenUp())
    const answer = new Incoming(resolve, reject, signal)
    began?.((error) => answer.cut(error))
    pool.dispatch({ path, method: method as Dispatcher.HttpMethod, headers, body }, answer)
  })
}

const givenUp = () => new DOMException('nobody waits any more', 'AbortError')

/** An answer as it comes in, until it is whole or cut off. */
class Incoming implements Dispatcher.DispatchHandler {
  readonly #resolve: (received: Received) => void
  readonly #reject: (error: Error) => void
  readonly #signal: AbortSignal | undefined
  readonly #chunks: Buffer[] = []
  #status = 0
  #headers: Received['headers'] = {}
  #request: Dispatcher.DispatchController | undefined
  #ended: Error | undefined

  constructor(
    resolve: (received: Received) => void,
    reject: (error: Error) => void,
    signal: AbortSignal | undefined,
  ) {
    this.#resolve = resolve
    this.#reject = reject
    this.#signal = signal
    signal?.addEventListener('abort', this)
  }

  /** Nobody waits any more. */
  handleEvent(): void {
    this.cut(givenUp())
  }

  cut(error: Error): void {
    this.#ended = error
    this.#reject(error)
    this.#request?.abort(error)
  }

  onRequestStart(request: Dispatcher.DispatchController): void {
    this.#request = request
    // Given up while it waited for a connection.
    if (this.#ended) request.abort(this.#ended)
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Received['headers']): void {
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    this.#signal?.removeEventListener('abort', this)
    const [only] = this.#chunks
    const bytes = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks)
    this.#resolve({ status: this.#status, headers: this.#headers, bytes })
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#signal?.removeEventListener('abort', this)
    this.#reject(error)
  }
}
