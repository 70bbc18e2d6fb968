import type { RedisConnection } from '@marquee/kit/redis'
import { type LimitStore, type LimitWindow, memoryLimitStore, numberOf, windows } from './limits.ts'

export type SharedLimitsDeps = {
  redis: Pick<RedisConnection, 'ask' | 'usable'>
  /** Told for every call that this gateway counted alone, because Redis was away. */
  onAlone?: () => void
}

type Count = {
  key: string
  /** What all gateways had counted when Redis last told. */
  known: number
  /** Calls counted here that Redis was not told of yet. */
  own: number
  /** Whether Redis ever told. */
  isKnown: boolean
}

// Where counts are far from the limit, Redis is told in lots; what a gateway may hold back is a tenth of the limit.
const tellEvery = 50
const heldBackShare = 0.1
const farFromLimit = 0.5
const keptLonger = 5

/**
 * Windows counted in Redis for every gateway. A call is counted exactly from half of its limit on; below that, and past
 * the limit, calls are counted here and told in lots, so that most calls wait for nobody. While Redis is away each gateway counts for
 * itself, beginning from what it has seen.
 */
export function sharedLimitStore({ redis, onAlone = () => {} }: SharedLimitsDeps): LimitStore {
  const alone = memoryLimitStore()
  const countsOf = windows(() => new Map<string, Count>())
  const untold = new Map<Count, LimitWindow>()
  let isWaiting = false

  return {
    hit(key, window) {
      const seenHere = alone.hit(key, window)
      const counts = countsOf(window)
      const count = counts.get(key)
      if (count && mayWait(count, window)) {
        count.own += 1
        untold.set(count, window)
        tellSoon()
        return Math.max(count.known + count.own, seenHere)
      }
      if (!redis.usable()) {
        onAlone()
        return Math.max((count?.known ?? 0) + (count?.own ?? 0), seenHere)
      }
      const asked = count ?? { key, known: 0, own: 0, isKnown: false }
      counts.set(key, asked)
      return exact(asked, window, seenHere)
    },
  }

  async function exact(count: Count, window: LimitWindow, seenHere: number): Promise<number> {
    count.own += 1
    const total = await tell(count, window)
    if (total === undefined) onAlone()
    return Math.max(total ?? count.known + count.own, seenHere)
  }

  /** Adds what was counted here to what all have counted, and gives that. */
  async function tell(count: Count, window: LimitWindow): Promise<number | undefined> {
    const { own } = count
    count.own = 0
    untold.delete(count)
    const name = `marquee:limit:${window.seconds}:${numberOf(window)}:${count.key}`
    const answer = await redis.ask(async (client) => {
      const told = await client
        .multi()
        .incrby(name, own)
        .expire(name, window.seconds + keptLonger)
        .exec()
      return Number(told?.[0]?.[1] ?? 0)
    })
    if (!answer.there) {
      count.own += own
      return undefined
    }
    // A Redis that forgot counts from nothing; we do not.
    count.known = Math.max(count.known + own, answer.value)
    count.isKnown = true
    return count.known
  }

  function tellSoon(): void {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      for (const [count, window] of untold) void tell(count, window)
    }, tellEvery).unref()
  }
}

/** Whether this call can be judged before Redis is told of it: far below the limit, or past it already. */
function mayWait(count: Count, { most }: LimitWindow): boolean {
  if (!count.isKnown) return false
  if (count.known > most) return true
  return count.own < most * heldBackShare && count.known + count.own + 1 <= most * farFromLimit
}
