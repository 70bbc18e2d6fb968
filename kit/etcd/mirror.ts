import { setTimeout as pause } from 'node:timers/promises'
import type { Entry, Etcd } from './etcd.ts'

export type MirrorOptions = {
  etcd: Pick<Etcd, 'list' | 'watch'>
  prefix: string
  /**
   * Told what there is now, whenever it changed, one after the other. `afterGap` says that changes may have been
   * missed: what is absent then may only be not there yet.
   */
  onChange: (entries: readonly Entry[], afterGap: boolean) => void
  /** Told once each time etcd is lost. */
  onLost: (error: unknown) => void
  onBack?: () => void
  /** Looks besides what the watch tells, for a connection that is dead and does not know it; 5 seconds unless told. */
  lookEveryMilliseconds?: number
}

export type Mirror = {
  /** Resolves when etcd was read for the first time. */
  read: Promise<void>
  stop(): Promise<void>
}

const firstPause = 100
const longestPause = 1000

/** Follows what etcd holds under a prefix. While etcd is away the last known stays and it is asked for again. */
export function mirrorPrefix({ etcd, prefix, onChange, onLost, onBack, ...options }: MirrorOptions): Mirror {
  const every = options.lookEveryMilliseconds ?? 5000
  const ended = new AbortController()
  const first = Promise.withResolvers<void>()
  let seen: string | undefined
  let gap = true
  let lost = false
  let looking: Promise<void> | undefined
  let lookAgain = false

  async function look(): Promise<void> {
    const entries = await etcd.list(prefix)
    if (ended.signal.aborted) return
    if (lost) onBack?.()
    lost = false
    const now = JSON.stringify(entries)
    const afterGap = gap
    gap = false
    if (now !== seen) {
      seen = now
      onChange(entries, afterGap)
    }
    first.resolve()
  }

  /** Looks now; while a look is under way, once more after it. */
  function bell(): Promise<void> {
    lookAgain = true
    looking ??= (async () => {
      while (lookAgain) {
        lookAgain = false
        await look()
      }
    })().finally(() => {
      looking = undefined
    })
    return looking
  }

  const lose = (error: unknown) => {
    if (ended.signal.aborted) return
    gap = true
    if (!lost) onLost(error)
    lost = true
  }

  async function follow(): Promise<void> {
    let wait = firstPause
    while (!ended.signal.aborted) {
      const broken = new AbortController()
      const breakOff = (error: unknown) => broken.abort(error)
      const timer = setInterval(() => void bell().catch(breakOff), every)
      try {
        const signal = AbortSignal.any([ended.signal, broken.signal])
        await etcd.watch(
          prefix,
          () => {
            wait = firstPause
            void bell().catch(breakOff)
          },
          signal,
        )
        gap = true
      } catch (error) {
        lose(broken.signal.reason ?? error)
      } finally {
        clearInterval(timer)
      }
      await pause(wait, undefined, { signal: ended.signal }).catch(() => {})
      wait = Math.min(longestPause, wait * 2)
    }
  }

  const following = follow()
  return {
    read: first.promise,
    async stop() {
      ended.abort()
      await following
      await looking?.catch(() => {})
    },
  }
}
