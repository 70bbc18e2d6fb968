import { randomUUIDv7 } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { connectRedis } from '../redis/connect-redis.ts'
import type { Live } from './live.ts'
import { createMemoryLive, type MemoryLiveOptions } from './memory-live.ts'
import { createReceipts } from './receipts.ts'

export type RedisLiveOptions = MemoryLiveOptions & {
  /** An address as `connectRedis` takes it. */
  url: string
  /** Told when Redis is lost; it is found again by itself. */
  onLost?: (reason: string) => void
}

const channel = 'marquee:live'
const beatEvery = 200
const beatMissedAfter = 600
const publishTimeout = 400
// A frame is one message to every process; what waits longer than Redis is away is dropped, oldest first.
const mostInFrame = 500
const mostWaiting = 20_000
const rememberedSenders = 1000
const startPatience = 1000

const Frame = z.object({
  from: z.string(),
  at: z.number(),
  number: z.int(),
  signals: z.array(z.tuple([z.string(), z.unknown()])),
})
type Signal = [topic: string, payload: unknown]

/**
 * Live signals among processes that share a Redis, by PUBLISH. Signals of one turn travel together. What this process
 * sends it hears back: while it has not heard anything of its own that is younger than 600 ms, it is not connected. What it
 * says only to hear itself goes by a channel that nobody else listens to.
 * Signals wait while Redis is away; one whose sending had no answer is sent again and taken once.
 */
export async function createRedisLive(options: RedisLiveOptions): Promise<Live> {
  const { url, onLost = () => {} } = options
  const here = createMemoryLive(options)
  const me = randomUUIDv7()
  const mine = `${channel}:${me}`
  const heardOf = new LRUCache<string, number>({ max: rememberedSenders })
  const waiting: string[] = []
  const receipts = createReceipts()
  let unanswered: { text: string; count: number } | undefined
  let number = 0
  let sending = false
  let missed = 0
  let trustedUntil = Number.NEGATIVE_INFINITY
  let stopped = false

  const speaker = connectRedis(url, {
    commandTimeout: publishTimeout,
    onChange: (state) => {
      if (!state.there) onLost(state.reason)
    },
  })
  const listener = connectRedis(url, {
    commandTimeout: publishTimeout,
    onChange: ({ there }) => there || miss(),
  })
  listener.client.on('message', (on, text) => {
    if (on === mine) trustedUntil = Number(text) + beatMissedAfter
    else hear(text)
  })
  const listen = () =>
    void listener.client.subscribe(channel, mine).catch(() => listener.client.disconnect(true))
  listener.client.on('ready', listen)
  await Promise.all([speaker.settled(startPatience), listener.settled(startPatience)])
  const beat = setInterval(() => void send(), beatEvery)
  await send()

  return {
    ...here,
    signal(topic, payload) {
      if (stopped) return
      here.signal(topic, payload)
      const text = write([topic, payload])
      if (text === undefined) return
      waiting.push(text)
      receipts.expect(1)
      if (waiting.length > mostWaiting) {
        waiting.shift()
        receipts.note(1)
        // The gap tells the others that something is missing.
        number += 1
      }
      if (waiting.length === 1) setImmediate(() => void send())
    },
    told: receipts.all,
    connected: () => performance.now() < trustedUntil,
    missed: () => missed,
    async stop() {
      stopped = true
      clearInterval(beat)
      await here.stop()
      await Promise.all([speaker.stop(), listener.stop()])
    },
  }

  /** Says what waits, or only that this process is there; what gathers meanwhile goes together in the next. */
  async function send(): Promise<void> {
    if (sending || stopped) return
    sending = true
    try {
      do {
        if (waiting.length > 0) unanswered ??= frame(waiting.splice(0, mostInFrame))
        const [on, text] = unanswered ? [channel, unanswered.text] : [mine, String(performance.now())]
        const told = await speaker.ask((client) => client.publish(on, text))
        if (!told.there) return
        if (unanswered) receipts.note(unanswered.count)
        unanswered = undefined
      } while (waiting.length > 0 && !stopped)
    } finally {
      sending = false
    }
  }

  function frame(signals: readonly string[]) {
    number += 1
    const text = `{"from":"${me}","at":${performance.now()},"number":${number},"signals":[${signals.join()}]}`
    return { text, count: signals.length }
  }

  function hear(text: string): void {
    const said = read(text)
    if (!said) return
    const { from, at, number: heard, signals } = said
    const last = heardOf.get(from)
    if (last !== undefined && heard > last + 1) miss()
    if (last === undefined || heard > last) heardOf.set(from, heard)
    if (from === me) trustedUntil = at + beatMissedAfter
    else if (last === undefined || heard > last)
      for (const [topic, payload] of signals) here.signal(topic, payload)
  }

  function miss(): void {
    missed += 1
    trustedUntil = Number.NEGATIVE_INFINITY
  }
}

function write(signal: Signal): string | undefined {
  try {
    return JSON.stringify(signal)
  } catch {
    // What cannot be written cannot travel; the memory below has told whoever listens.
    return undefined
  }
}

function read(text: string): z.infer<typeof Frame> | undefined {
  try {
    return Frame.parse(JSON.parse(text))
  } catch {
    // Somebody else speaks on our channel; it says nothing to us.
    return undefined
  }
}
