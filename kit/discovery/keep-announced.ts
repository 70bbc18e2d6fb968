import { setTimeout as pause } from 'node:timers/promises'
import type { Entry, Etcd } from '../etcd/index.ts'

type Options = {
  etcd: Pick<Etcd, 'grant' | 'put' | 'keepAlive' | 'revoke'>
  leaseSeconds: number
  log: { warn(about: object, message: string): void; info(about: object, message: string): void }
}

/** Keeps entries in etcd for as long as this process lives and says so: on a lease, which is renewed long before it ends. */
export function keepAnnounced({ etcd, leaseSeconds, log }: Options) {
  const beat = (leaseSeconds * 1000) / 4
  let entries: readonly Entry[] = []
  let lease: string | undefined
  let beating: { stop: AbortController; ended: Promise<void> } | undefined

  async function write(): Promise<void> {
    const granted = await etcd.grant(leaseSeconds)
    for (const { key, value } of entries) await etcd.put(key, value, granted)
    lease = granted
  }

  async function keep(signal: AbortSignal): Promise<void> {
    let failing = false
    while (!signal.aborted) {
      await pause(beat, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      try {
        if (lease === undefined || !(await etcd.keepAlive(lease))) {
          lease = undefined
          await write()
          log.info({}, 'this process is announced again')
        }
        failing = false
      } catch (error) {
        if (!failing) log.warn({ err: error }, 'this process cannot be announced; trying again')
        failing = true
      }
    }
  }

  async function withdraw(): Promise<void> {
    const { stop, ended } = beating ?? {}
    beating = undefined
    stop?.abort()
    await ended
    entries = []
    const ending = lease
    lease = undefined
    if (ending === undefined) return
    try {
      await etcd.revoke(ending)
    } catch (error) {
      // It ends by itself within seconds.
      log.warn({ err: error }, 'the announcement could not be taken back')
    }
  }

  return {
    /** Writes these entries instead of any before. With etcd away it is written when etcd is back. */
    async put(wanted: readonly Entry[]): Promise<void> {
      await withdraw()
      entries = wanted
      await write().catch((error: unknown) => {
        log.warn({ err: error }, 'this process is not announced yet; trying again')
      })
      const stop = new AbortController()
      beating = { stop, ended: keep(stop.signal) }
    },
    withdraw,
  }
}
