import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import type { AsyncMessage, Channel, Connection } from 'rabbitmq-client'
import type { Logger } from '../telemetry/index.ts'
import type { Envelope } from './envelope.ts'
import { createLoop } from './loop.ts'

export type RabbitConsumer = {
  /** How many are here and not acknowledged. */
  inHand(): number
  /** Works until its queue is empty; says how much that was. */
  drain(): Promise<number>
  stop(): Promise<void>
}

type Options = {
  connection: Connection
  queue: string
  prepare: (channel: Channel) => Promise<void>
  batchSize: number
  /** Takes a batch: what it resolves is taken for good. When it throws, all of it comes again. */
  work: (events: Envelope[]) => Promise<void>
  log: Logger
}

type Received = { channel: Channel; deliveryTag: number; event: Envelope }

const reconnectMilliseconds = 1000
const gatherMilliseconds = 5

/** Takes what a queue delivers by the batch, acknowledged after its work; goes on by itself when the broker is back. */
export function createRabbitConsumer(options: Options): RabbitConsumer {
  const { connection, queue, prepare, batchSize, work, log } = options
  let received: Received[] = []
  let working = 0
  let stopping = false
  let open: Channel | undefined
  const ended = new AbortController()

  const loop = createLoop({
    pollMilliseconds: 1000,
    lingerMilliseconds: 5,
    fullBatch: batchSize,
    onError: (error) => log.error({ err: error, queue }, 'events could not be taken; they come again'),
    async work() {
      if (received.length === 0) return 0
      // What was published together arrives one by one.
      if (received.length < batchSize) await pause(gatherMilliseconds)
      const lot = received.splice(0, batchSize)
      if (lot.length === 0) return 0
      working = lot.length
      try {
        await work(lot.map(({ event }) => event).toSorted((one, other) => one.position - other.position))
        answer(lot, (channel, deliveryTag) => channel.basicAck({ deliveryTag }))
      } catch (error) {
        answer(lot, (channel, deliveryTag) => channel.basicNack({ deliveryTag, requeue: true }))
        throw error
      } finally {
        working = 0
      }
      return lot.length
    },
  })
  loop.start()
  const listening = listen()

  async function listen(): Promise<void> {
    while (!stopping) {
      try {
        const channel = await connection.acquire()
        if (stopping) return void (await channel.close())
        const closed = new Promise<void>((resolve) => channel.once('close', resolve))
        // The queue was deleted, or moved: begin anew.
        channel.on('basic.cancel', () => void channel.close())
        await prepare(channel)
        await channel.basicQos({ prefetchCount: batchSize * 2 })
        await channel.basicConsume({ queue }, (message) => receive(channel, message))
        open = channel
        await closed
        open = undefined
        received = received.filter((one) => one.channel !== channel)
      } catch (error) {
        if (!stopping) log.warn({ err: error, queue }, 'events cannot be fetched; trying again')
      }
      if (!stopping) await pause(reconnectMilliseconds, undefined, { signal: ended.signal }).catch(() => {})
    }
  }

  function receive(channel: Channel, { deliveryTag, body }: AsyncMessage): void {
    if (stopping) return
    if (typeof body !== 'object' || body === null || !('id' in body)) {
      log.error({ queue }, 'a message that is no event was dropped')
      return void channel.basicAck({ deliveryTag })
    }
    received.push({ channel, deliveryTag, event: body as Envelope })
    loop.wake()
  }

  async function isEmpty(): Promise<boolean> {
    const channel = open
    if (!channel) {
      await pause(20)
      return false
    }
    try {
      // What was on its way when the first answer was given is here before the second.
      await channel.queueDeclare({ queue, passive: true })
      const { messageCount } = await channel.queueDeclare({ queue, passive: true })
      await turn()
      return messageCount === 0 && received.length === 0 && working === 0
    } catch {
      // The channel broke; another is opened.
      return false
    }
  }

  return {
    inHand: () => received.length + working,
    async drain() {
      let total = 0
      for (;;) {
        total += await loop.drain()
        if (stopping || (await isEmpty())) return total
      }
    },
    async stop() {
      stopping = true
      received = []
      ended.abort()
      await loop.stop()
      // What it held unacknowledged goes back to the queue.
      await Promise.race([open?.close(), pause(1000)])
      await Promise.race([listening, pause(100)])
    },
  }
}

/** A broken channel's deliveries come again by themselves. */
function answer(lot: readonly Received[], how: (channel: Channel, deliveryTag: number) => void): void {
  for (const { channel, deliveryTag } of lot) if (channel.active) how(channel, deliveryTag)
}
