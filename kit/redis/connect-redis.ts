import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { type RedisAddress, readRedisAddress } from './redis-address.ts'

export type RedisClient = Redis | Cluster

export type RedisConnectionOptions = {
  /** How long one command may take, in milliseconds; 100 unless told. */
  commandTimeout?: number
  /** Told once when Redis is lost and once when it answers (again). */
  onChange?: (state: { there: true } | { there: false; reason: string }) => void
}

/** What a question to Redis came to; `there: false` says that Redis did not answer, or not in time. */
export type RedisAnswer<T> = { there: true; value: T } | { there: false }

export type RedisConnection = {
  client: RedisClient
  /** Whether a question now has a chance: connected, and not resting after a question without an answer. */
  usable(): boolean
  /** Asks when `usable`, and never throws for a Redis that is away or slow; whoever asks goes on without it. */
  ask<T>(work: (client: RedisClient) => Promise<T>): Promise<RedisAnswer<T>>
  /** Resolves when Redis answers, or after so many milliseconds without it. */
  settled(milliseconds: number): Promise<void>
  stop(): Promise<void>
}

const restAfterSilence = 1000
const heldUp = 100
const connectTimeout = 2000
const again = (times: number) => Math.min(1000, 50 * 2 ** Math.min(times, 6))

/**
 * Connects to the Redis of an address as `readRedisAddress` takes it, and again by itself whenever the connection
 * breaks. Nothing waits for a Redis that is away: a command fails at once, one without an answer after its timeout,
 * and after such a silence nobody is kept waiting for a second. Throws for an address that cannot be read.
 */
export function connectRedis(url: string, options: RedisConnectionOptions = {}): RedisConnection {
  const { commandTimeout = 100, onChange = () => {} } = options
  const client = open(readRedisAddress(url), commandTimeout)
  let there: boolean | undefined
  let restsUntil = 0
  let reason = 'it does not answer'
  // An error of ioredis carries the command, with the password when that was AUTH; its message does not.
  const note = (error: unknown) => {
    reason = error instanceof Error ? error.message : String(error)
  }
  const change = (is: boolean) => {
    if (there === is) return
    there = is
    onChange(is ? { there: true } : { there: false, reason })
  }
  client.on('ready', () => {
    restsUntil = 0
    change(true)
  })
  client.on('error', (error: unknown) => {
    note(error)
    if (client.status !== 'ready') change(false)
  })
  client.on('close', () => change(false))

  // When this process itself was held up, the answer may have been there in time.
  const wasInTime = (began: number) => performance.now() - began < commandTimeout + heldUp
  const usable = () => client.status === 'ready' && performance.now() >= restsUntil

  return {
    client,
    usable,
    async ask(work) {
      if (!usable()) return { there: false }
      const began = performance.now()
      try {
        return { there: true, value: await work(client) }
      } catch (error) {
        note(error)
        if (isSilence(error) && wasInTime(began)) restsUntil = performance.now() + restAfterSilence
        return { there: false }
      }
    },
    async settled(milliseconds) {
      if (client.status === 'ready') return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds)
        client.once('ready', () => {
          clearTimeout(timer)
          resolve()
        })
      })
    },
    async stop() {
      client.removeAllListeners('close')
      client.disconnect()
    },
  }
}

// ioredis has no class for it.
const isSilence = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('Command timed out')

function open(address: RedisAddress, commandTimeout: number): RedisClient {
  const { kind, hosts, master, database, tls, username, password } = address
  const common: RedisOptions = {
    commandTimeout,
    connectTimeout,
    // Longer than a command may take, so that what hangs is left for a fresh connection.
    socketTimeout: connectTimeout,
    keepAlive: 10_000,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: again,
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    db: database,
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    ...(tls ? { tls: {} } : {}),
  }
  if (kind === 'cluster') {
    const { retryStrategy: _, enableOfflineQueue: __, db: ___, ...redisOptions } = common
    return new Cluster(
      hosts.map((host) => ({ ...host })),
      {
        clusterRetryStrategy: again,
        enableOfflineQueue: false,
        slotsRefreshTimeout: connectTimeout,
        retryDelayOnFailover: 50,
        maxRedirections: 4,
        redisOptions,
      },
    )
  }
  if (kind === 'sentinel')
    return new Redis({
      ...common,
      sentinels: hosts.map((host) => ({ ...host })),
      name: master,
      sentinelRetryStrategy: again,
      sentinelCommandTimeout: connectTimeout,
      ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: {} } : {}),
    })
  const [{ host, port } = { host: 'localhost', port: 6379 }] = hosts
  return new Redis({ ...common, host, port })
}
