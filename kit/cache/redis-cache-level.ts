import { randomBytes } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import type { RedisConnection } from '../redis/connect-redis.ts'
import { redisScript } from '../redis/redis-script.ts'
import type { Metrics } from '../telemetry/index.ts'
import type { SecondLevel } from './second-level.ts'

export type RedisCacheLevelOptions = {
  redis: RedisConnection
  /** Answers are shared only among processes of one release, invalidations among all. */
  release: string
  /** Bytes of the largest answer kept; 1 MiB unless told. */
  mostBytes?: number
  metrics?: Metrics
  /** Milliseconds that only go forward; Redis's own clock unless told. */
  now?: () => number
}

// One hash tag, so that an answer and its tags' generations are judged in one step on a cluster too.
const prefix = '{marquee:cache}'
const everything = '*'
const generationLives = 24 * 3_600_000
const mostPending = 1000
const tellAgainAfter = 250

// A generation is a name nobody used before: one that is lost (flushed, evicted, an older copy of the data) is never
// met again by chance. The server's own names make what a restart or a failover brings back count as unknown.
const moment = `
local function moment(makeMissing)
  local info = redis.call('INFO', 'server') .. redis.call('INFO', 'replication')
  local parts = { string.match(info, 'run_id:(%w+)') or '', string.match(info, 'master_replid:(%w+)') or '' }
  for at = 2, #KEYS do
    local generation = redis.call('GET', KEYS[at])
    if not generation then
      if not makeMissing then return nil end
      generation = makeMissing
      redis.call('SET', KEYS[at], generation, 'PX', ${generationLives})
    end
    parts[#parts + 1] = generation
  end
  return redis.sha1hex(table.concat(parts, ' '))
end
local function clock(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
`
// Renewing the common generation is a write on purpose: a master cut off from its replicas may refuse those.
const look = redisScript(`${moment}
local now = moment(ARGV[1])
redis.call('PEXPIRE', KEYS[2], ${generationLives})
local kept = redis.call('HMGET', KEYS[1], 'moment', 'at', 'value')
if kept[1] ~= now then return { now } end
return { now, math.floor(clock(ARGV[2]) - tonumber(kept[2])), kept[3] }
`)
// What is out of date already would never be given; it must not push out what is not.
const keep = redisScript(`${moment}
if moment() ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'moment', ARGV[1], 'at', clock(ARGV[2]), 'value', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`)

/**
 * The second level in Redis. Generations of tags lie beside the answers and are compared in the same step as an answer
 * is read or kept. What Redis loses, forgets or brings back from an older copy counts as never kept.
 */
export function createRedisCacheLevel(options: RedisCacheLevelOptions): SecondLevel {
  const { redis, release, mostBytes = 1024 * 1024, metrics, now } = options
  const outcomes = metrics?.counter(
    'marquee_cache_second_level_total',
    'Questions to the second level of the cache, by outcome',
    ['outcome'],
  )
  const keysOf = (key: string, tags: readonly string[]) => [
    `${prefix}:${release}:${key}`,
    ...[everything, ...tags].map(generationKey),
  ]
  const time = () => (now ? String(Math.floor(now())) : '')
  const fresh = () => randomBytes(12).toString('base64url')

  /** What Redis was not told yet, each with the turn it was added in; nothing is asked while there is any. */
  const pending = new Map<string, number>()
  let turn = 0
  let isWaiting = false

  async function tell(): Promise<boolean> {
    if (pending.size === 0) return true
    const upTo = turn
    // Whoever asks next gives each a name nobody used before.
    const told = await redis.ask((client) => client.unlink([...pending.keys()].map(generationKey)))
    if (told.there) for (const [tag, added] of pending) if (added <= upTo) pending.delete(tag)
    if (pending.size > 0) tellAgain()
    return told.there
  }
  function tellAgain(): void {
    if (isWaiting) return
    isWaiting = true
    const again = () => {
      isWaiting = false
      void tell()
    }
    setTimeout(again, tellAgainAfter).unref()
  }
  function invalidate(tags: readonly string[]): Promise<boolean> {
    if (tags.length === 0) return Promise.resolve(true)
    turn += 1
    for (const tag of tags) pending.set(tag, turn)
    if (pending.size > mostPending) {
      pending.clear()
      pending.set(everything, turn)
    }
    return tell()
  }

  return {
    async look(key, tags) {
      const answer =
        pending.size === 0
          ? await redis.ask((client) => look(client, keysOf(key, tags), [fresh(), time()]))
          : undefined
      if (!answer?.there) {
        outcomes?.inc({ outcome: 'away' })
        return undefined
      }
      const [stamp, age, bytes] = answer.value as [Buffer, number?, Buffer?]
      // Made later than now: a clock was set back, and how old it is cannot be told.
      const value = bytes && age !== undefined && age >= 0 ? read(bytes) : undefined
      outcomes?.inc({ outcome: value === undefined ? 'miss' : 'hit' })
      const found = value === undefined ? {} : { found: { value, ageSeconds: (age ?? 0) / 1000 } }
      return { moment: String(stamp), ...found }
    },
    async keep({ key, tags, moment: begun, value, seconds }) {
      const bytes = write(value)
      if (!bytes || bytes.length > mostBytes) return
      const lives = Math.ceil(seconds * 1000)
      const kept = await redis.ask((client) => keep(client, keysOf(key, tags), [begun, time(), lives, bytes]))
      if (kept.there && kept.value === 0) outcomes?.inc({ outcome: 'refused' })
    },
    invalidate,
    invalidateAll: () => invalidate([everything]),
  }
}

const generationKey = (tag: string) => `${prefix}:generation:${tag}`

function write(value: unknown): Buffer | undefined {
  try {
    return serialize(value)
  } catch {
    // Something that is no plain data; it stays in the memory of this process.
    return undefined
  }
}

function read(bytes: Buffer): unknown {
  try {
    // A copy of its own: what Redis sent is a piece of a larger buffer.
    const own = Buffer.allocUnsafeSlow(bytes.length)
    bytes.copy(own)
    return deserialize(own)
  } catch {
    // Written by a runtime that writes otherwise.
    return undefined
  }
}
