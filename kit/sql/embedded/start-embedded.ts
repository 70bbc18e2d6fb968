import { setTimeout as delay } from 'node:timers/promises'
import { isSqlError } from '../sql-error.ts'
import { type Layout, removeSockets } from './layout.ts'
import { keepBack } from './priority.ts'
import { startOnce } from './server.ts'
import { stopServer } from './server-process.ts'
import type { Tuning } from './settings.ts'

export type EmbeddedOptions = {
  /** The directory that holds the cluster, its log, its passwords and its WAL archive. */
  data: string
  tuning?: Tuning
  /** Told when the server was lost and is back, or could not be started again (tried anew until it can). */
  onLost?: (outcome: { back: true } | { back: false; error: unknown }) => void
  /** False only starts the server: it is not marked as ours, not started again, and runs on when we end. */
  supervise?: boolean
}

export type EmbeddedServer = {
  /** URL of a database as superuser; the maintenance database `postgres` unless told. */
  adminUrl(database?: string): string
  /** Paths of the cluster, the log, the passwords and the WAL archive. */
  layout: Layout
  /** Of the server program as it runs now. */
  pid(): number
  /** True when the server ran already, left by a Marquee that was killed. */
  adopted: boolean
  /** 18.4, for example. */
  version: string
  /** Fast shutdown: open connections are ended, so stop everything else first. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on a data directory, or adopts the one that runs there, and starts it again should it die.
 * Errors (each one line to act on): `data-not-writable`, `wrong-version`, `data-in-use`, `server-failed`,
 * `platform-unsupported`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const start = () => startOnce({ data: options.data, tuning: options.tuning })
  let current = await start()
  const { adopted, layout, version } = current
  let stopping: Promise<void> | undefined
  let restarting: Promise<void> | undefined
  let isOurs = true
  let endKeepBack = () => {}
  if (options.supervise === false) await current.leave()
  else {
    watch()
    endKeepBack = keepBack(() => current.pid)
  }

  return {
    adminUrl: (database = 'postgres') => current.url(database),
    layout,
    pid: () => current.pid,
    adopted,
    version,
    stop() {
      stopping ??= stop()
      return stopping
    },
  }

  async function stop(): Promise<void> {
    endKeepBack()
    await restarting
    if (!isOurs) return
    await stopServer(current.pid)
    await current.lost
    removeSockets(layout)
  }

  function watch(): void {
    current.lost.then(() => {
      if (stopping === undefined) restarting = restart()
    })
  }

  async function restart(): Promise<void> {
    for (let pause = 100; stopping === undefined; pause = Math.min(pause * 2, 5_000)) {
      try {
        current = await start()
        watch()
        options.onLost?.({ back: true })
        return
      } catch (error) {
        options.onLost?.({ back: false, error })
        // Another Marquee has taken over; fighting for the data would help nobody.
        isOurs = !isSqlError(error, 'data-in-use')
        if (!isOurs) return
        await delay(pause)
      }
    }
  }
}
