import { AsyncLocalStorage } from 'node:async_hooks'

export type BatcherOptions<Item, Result> = {
  /** Carries out a batch; one result an item, in order. A repetition of an item must change nothing. */
  run: (items: Item[]) => Promise<Result[]>
  /** The most items in one batch; 256 unless told. */
  most?: number
  /** Batches under way together; 1 unless told. */
  inFlight?: number
  /** An error that asking each item alone would only repeat: the database does not answer. None unless told. */
  hopeless?: (error: unknown) => boolean
}

export type Batcher<Item, Result> = {
  /** Resolves with the item's own result once its batch is done. */
  submit(item: Item): Promise<Result>
  /** Resolves once nothing waits and nothing is under way. */
  idle(): Promise<void>
}

type Failure = { error: unknown }
type Waiting<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

/**
 * Items that come while a batch is under way form the next one; there is no timer. A batch that throws is
 * repeated one item at a time, so that a bad item hurts only itself. A batch runs in nobody's request context.
 */
export function createBatcher<Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> {
  const { run, most = 256, inFlight = 1, hopeless = () => false } = options
  const outside = AsyncLocalStorage.snapshot()
  const queue: Waiting<Item, Result>[] = []
  let flying = 0
  let scheduled = false
  const idlers: (() => void)[] = []

  // One turn later, so that what the network brought together travels together.
  function schedule(): void {
    if (scheduled || flying >= inFlight) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      while (flying < inFlight && queue.length > 0) void fly(queue.splice(0, most))
    })
  }

  async function fly(batch: Waiting<Item, Result>[]): Promise<void> {
    flying += 1
    const failure = await settle(batch)
    if (failure) {
      const known = batch.length === 1 || hopeless(failure.error) ? failure : undefined
      for (const waiting of batch) await settleAlone(waiting, known)
    }
    flying -= 1
    if (queue.length > 0) outside(schedule)
    else if (flying === 0) for (const done of idlers.splice(0)) done()
  }

  async function settleAlone(waiting: Waiting<Item, Result>, known: Failure | undefined): Promise<void> {
    const failure = known ?? (await settle([waiting]))
    if (failure) waiting.reject(failure.error)
  }

  async function settle(batch: Waiting<Item, Result>[]): Promise<Failure | undefined> {
    try {
      const results = await run(batch.map(({ item }) => item))
      if (results.length !== batch.length) throw new Error('a batch needs one result an item')
      for (const [at, { resolve }] of batch.entries()) resolve(results[at] as Result)
      return undefined
    } catch (error) {
      // Handed to the item it turns out to belong to.
      return { error }
    }
  }

  return {
    submit(item) {
      const { promise, resolve, reject } = Promise.withResolvers<Result>()
      queue.push({ item, resolve, reject })
      outside(schedule)
      return promise
    },
    idle() {
      if (flying === 0 && queue.length === 0) return Promise.resolve()
      const { promise, resolve } = Promise.withResolvers<void>()
      idlers.push(resolve)
      return promise
    },
  }
}
