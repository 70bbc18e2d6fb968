import { randomUUIDv7 } from 'node:crypto'
import pg from 'pg'
import { z } from 'zod'
import type { Live } from './live.ts'
import { createMemoryLive, type MemoryLiveOptions } from './memory-live.ts'
import { createReceipts } from './receipts.ts'

export type PostgresLiveOptions = MemoryLiveOptions & {
  /** A connection straight to PostgreSQL: LISTEN does not work through a pooler that lends connections out. */
  url: string
  /** Told when the connection breaks; it is made again by itself. */
  onLost?: (error: unknown) => void
}

const channel = 'marquee_live'
// A notification holds 8,000 bytes.
const mostBytes = 7600
const beatEvery = 200
// A cache may be a second behind; this leaves it room.
const beatMissedAfter = 600
const againAfter = 250
// A wire that fell silent tells nobody; beats are answered within milliseconds.
const silentAfter = 3000
const mostWaiting = 20_000

const Frame = z.object({
  from: z.string(),
  // Those of the version before do not say so; only our own is asked of it.
  at: z.number().default(Number.NEGATIVE_INFINITY),
  signals: z.array(z.tuple([z.string(), z.unknown()])),
  /** Whether there was more before it than could be kept. */
  lost: z.boolean().default(false),
})
type Signal = [topic: string, payload: unknown]

/**
 * Live signals among processes that share a PostgreSQL, by NOTIFY after the commit. Signals of one turn travel
 * together; one too large to travel reaches this process only, whose watchers' poll makes up for it elsewhere.
 * Notifications arrive in the order of their commits, on whichever channel, so who has heard itself has heard all that was
 * sent before that: while a process has not heard anything of its own that is younger than 600 ms, it is not connected.
 * What it says only to hear itself goes by a channel that nobody else listens to.
 */
export async function createPostgresLive(options: PostgresLiveOptions): Promise<Live> {
  const { url, onLost = () => {} } = options
  const here = createMemoryLive(options)
  const me = randomUUIDv7()
  const mine = `marquee_beat_${me.replaceAll('-', '')}`
  let client: pg.Client | undefined
  const receipts = createReceipts()
  let waiting: Signal[] = []
  let lost = false
  let sending = false
  let speaking: Promise<unknown> = Promise.resolve()
  let heardAt = Number.NEGATIVE_INFINITY
  let missed = 0
  let stopped = false

  await connect()
  const beat = setInterval(() => {
    if (client) void notify(client, mine, String(performance.now()))
  }, beatEvery)

  return {
    ...here,
    signal(topic, payload) {
      if (stopped) return
      here.signal(topic, payload)
      receipts.expect(1)
      if (waiting.length >= mostWaiting) giveUpWaiting()
      waiting.push([topic, payload])
      if (!sending) void send()
    },
    told: receipts.all,
    connected: () => performance.now() - heardAt < beatMissedAfter,
    missed: () => missed,
    async stop() {
      stopped = true
      clearInterval(beat)
      await here.stop()
      await client?.end().catch(() => {})
    },
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'marquee live',
      keepAlive: true,
      connectionTimeoutMillis: silentAfter,
      query_timeout: silentAfter,
    })
    fresh.on('notification', (said) => {
      if (said.channel === mine) heardAt = Number(said.payload)
      else hear(said.payload ?? '')
    })
    fresh.on('error', (error) => lose(fresh, error))
    fresh.on('end', () => lose(fresh, new Error('the connection for live signals ended')))
    try {
      await fresh.connect()
      await fresh.query(`listen ${channel}; listen ${mine}`)
    } catch (error) {
      leave(fresh)
      throw error
    }
    // It was on its way when this process ended it all.
    if (stopped) return leave(fresh)
    client = fresh
    heardAt = performance.now()
    if (waiting.length > 0 && !sending) void send()
  }

  function lose(lost: pg.Client, error: unknown): void {
    if (stopped || client !== lost) return
    client = undefined
    missed += 1
    heardAt = Number.NEGATIVE_INFINITY
    leave(lost)
    onLost(error)
    void again()
  }

  function leave(left: pg.Client): void {
    left.end().catch(() => {})
  }

  async function again(): Promise<void> {
    while (!stopped && !client) {
      await new Promise((resolve) => setTimeout(resolve, againAfter))
      try {
        await connect()
      } catch {
        // Not back yet; asked again in a moment.
      }
    }
  }

  /** The others learn that they have missed something, which costs them less than a flood of old news. */
  function giveUpWaiting(): void {
    receipts.note(waiting.length)
    waiting = []
    lost = true
  }

  function hear(text: string): void {
    const said = read(text)
    if (!said) return
    if (said.from === me) {
      heardAt = said.at
      return
    }
    if (said.lost) missed += 1
    for (const [topic, payload] of said.signals) here.signal(topic, payload)
  }

  // What is signalled while a notification travels goes together in the next; what waits for a connection waits here.
  async function send(): Promise<void> {
    sending = true
    try {
      await new Promise(setImmediate)
      while (waiting.length > 0 && client && !stopped) {
        const batch = waiting
        waiting = []
        const left = (await sendAll(client, frames(batch))).flat()
        waiting = [...left, ...waiting]
        receipts.note(batch.length - left.length)
      }
    } finally {
      sending = false
    }
  }

  /** What could not be sent. */
  async function sendAll(to: pg.Client, batches: Signal[][]): Promise<Signal[][]> {
    for (const [at, signals] of batches.entries()) {
      const gap = lost ? { lost } : {}
      lost = false
      const text = JSON.stringify({ from: me, at: performance.now(), signals, ...gap })
      if (await notify(to, channel, text)) continue
      lost ||= gap.lost === true
      return batches.slice(at)
    }
    return []
  }

  // One at a time: a connection speaks in turn.
  function notify(to: pg.Client, on: string, text: string): Promise<boolean> {
    const told = speaking.then(() => notifyNow(to, on, text))
    speaking = told
    return told
  }

  async function notifyNow(to: pg.Client, on: string, text: string): Promise<boolean> {
    if (client !== to) return false
    try {
      await to.query({ name: 'marquee-live', text: 'select pg_notify($1, $2)', values: [on, text] })
      return true
    } catch (error) {
      lose(to, error)
      return false
    }
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

function frames(signals: readonly Signal[]): Signal[][] {
  const made: Signal[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const signal of signals) {
    const size = sizeOf(signal)
    if (size > mostBytes) continue
    if (bytes + size > mostBytes) {
      made.push([])
      bytes = 0
    }
    made.at(-1)?.push(signal)
    bytes += size
  }
  return made
}

function sizeOf(signal: Signal): number {
  try {
    return Buffer.byteLength(JSON.stringify(signal)) + 1
  } catch {
    // What cannot be written cannot travel; the memory below has told whoever listens.
    return Number.POSITIVE_INFINITY
  }
}
