import { setTimeout } from 'node:timers/promises'

export type GroupCommit<Request, Result> = {
  /**
   * Answers after the commit. With the milliseconds that somebody waits for it, it is never begun later than that, and
   * rejects as `unavailable`.
   */
  submit: (request: Request, patience?: number) => Promise<Result>
  /** Resolves once nothing waits and nothing is in flight. */
  idle: () => Promise<void>
}

export type GroupCommitOptions<Request, Result> = {
  /** Two batches in flight never share a key. */
  keyOf: (request: Request) => string
  /** Settles and commits a batch; one result a request, in order. Calls `judged` when only the commit is left. */
  commit: (requests: Request[], attempt: 'batch' | 'alone', judged: () => void) => Promise<Result[]>
  /** An error that asking each request again would only repeat: the database does not answer. */
  hopeless: (error: unknown) => boolean
  inFlight: number
  most: number
  onBatch?: (size: number) => void
}

type Waiting<Request, Result> = {
  request: Request
  until: number
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

// The next batch is judged a round trip after it leaves, unless somebody else holds its shows.
const answerAfterMs = 3

/**
 * Requests that arrive while a batch commits form the next one; no timer gathers them. Nobody is answered
 * before the commit. A batch that errors is repeated one request at a time, so that one bad request
 * hurts only itself, and a commit of unknown outcome is asked again.
 */
export function createGroupCommit<Request, Result>(
  options: GroupCommitOptions<Request, Result>,
): GroupCommit<Request, Result> {
  const { keyOf, commit, hopeless, inFlight, most, onBatch } = options
  let queue: Waiting<Request, Result>[] = []
  const busy = new Set<string>()
  let flying = 0
  let scheduled = false
  const idlers: (() => void)[] = []

  return { submit, idle }

  function submit(request: Request, patience = Number.POSITIVE_INFINITY): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>()
    queue.push({ request, until: performance.now() + patience, resolve, reject })
    schedule()
    return promise
  }

  // One turn later, so that requests read from the network together travel together.
  function schedule(): void {
    if (scheduled || flying >= inFlight) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      launch()
      noteIdle()
    })
  }

  /** Resolves once what left now is judged. */
  function launch(): Promise<unknown> | undefined {
    const left: Promise<void>[] = []
    while (flying < inFlight && queue.length > 0) {
      const batch = takeBatch()
      if (batch.length === 0) break
      const { promise, resolve } = Promise.withResolvers<void>()
      left.push(promise)
      void fly(batch, resolve)
    }
    return left.length > 0 ? Promise.all(left) : undefined
  }

  function takeBatch(): Waiting<Request, Result>[] {
    const batch: Waiting<Request, Result>[] = []
    const left: Waiting<Request, Result>[] = []
    const now = performance.now()
    for (const waiting of queue)
      if (waiting.until <= now) waiting.reject(tooLate())
      else (batch.length < most && !busy.has(keyOf(waiting.request)) ? batch : left).push(waiting)
    queue = left
    return batch
  }

  async function fly(batch: Waiting<Request, Result>[], judged: () => void): Promise<void> {
    const keys = new Set(batch.map(({ request }) => keyOf(request)))
    for (const key of keys) busy.add(key)
    flying += 1
    onBatch?.(batch.length)
    const answer = await settle(batch, judged)
    judged()
    flying -= 1
    for (const key of keys) busy.delete(key)
    // Answering takes about as long as a commit: the next batch goes first, so that both happen at once.
    const next = launch()
    if (next) await Promise.race([next, setTimeout(answerAfterMs)])
    answer()
    noteIdle()
  }

  function noteIdle(): void {
    if (queue.length === 0 && flying === 0) for (const done of idlers.splice(0)) done()
  }

  /** Commits a batch; what it returns tells everybody. */
  async function settle(batch: Waiting<Request, Result>[], judged: () => void): Promise<() => void> {
    let results: Result[]
    try {
      results = await commit(
        batch.map(({ request }) => request),
        'batch',
        // The commit is sent within this turn of the event loop.
        () => setImmediate(judged),
      )
    } catch (error) {
      if (hopeless(error))
        return () => {
          for (const { reject } of batch) reject(error)
        }
      // Whatever else it was, each request learns its own answer alone.
      await settleEach(batch)
      return () => {}
    }
    return () => {
      for (const [at, waiting] of batch.entries()) {
        const result = results[at]
        if (result === undefined) waiting.reject(new Error('the batch gave no answer'))
        else waiting.resolve(result)
      }
    }
  }

  async function settleEach(batch: Waiting<Request, Result>[]): Promise<void> {
    for (const [at, { request, resolve, reject }] of batch.entries()) {
      try {
        const [result] = await commit([request], 'alone', () => {})
        if (result === undefined) throw new Error('the batch gave no answer')
        resolve(result)
      } catch (error) {
        reject(error)
        if (!hopeless(error)) continue
        for (const waiting of batch.slice(at + 1)) waiting.reject(error)
        return
      }
    }
  }

  function idle(): Promise<void> {
    if (flying === 0 && queue.length === 0) return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    idlers.push(resolve)
    return promise
  }
}

function tooLate(): Error {
  return Object.assign(new Error('nobody waits for this any longer; it was not begun'), { unavailable: true })
}
