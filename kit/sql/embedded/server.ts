import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { socketUrl } from '../address.ts'
import { openSecrets } from '../secrets.ts'
import { SqlError } from '../sql-error.ts'
import { untilAnswers } from './answers.ts'
import type { Binaries } from './binaries.ts'
import { type Guard, takeGuard } from './guard.ts'
import { clusterVersion, initialise } from './initialise.ts'
import { type Layout, prepareLayout } from './layout.ts'
import { isAlive, isPostgres, readPostmaster } from './postmaster-file.ts'
import { reachableBinaries } from './program.ts'
import { serverFailed, spawnServer, stopServer } from './server-process.ts'
import { serverUser } from './server-user.ts'
import type { Tuning } from './settings.ts'

export type EmbeddedOptions = {
  /** The directory that holds the cluster, its log, its passwords and its WAL archive. */
  data: string
  tuning?: Tuning
}

export type EmbeddedServer = {
  /** URL of a database as superuser; the maintenance database `postgres` unless told. */
  adminUrl(database?: string): string
  layout: Layout
  pid: number
  /** True when the server ran already, left by a Marquee that was killed. */
  adopted: boolean
  version: string
  /** Settles when the server is gone or has lost us, wanted or not. */
  lost: Promise<void>
  /** Fast shutdown: open connections are ended, so stop everything else first. Safe to call twice. */
  stop(): Promise<void>
}

const superuser = 'marquee'

/**
 * Starts PostgreSQL on a data directory, or adopts the one that runs there. Errors (all with one line to act on):
 * `data-not-writable`, `wrong-version`, `data-in-use`, `server-failed`, `platform-unsupported`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const user = serverUser()
  const layout = prepareLayout(options.data, user)
  const binaries = reachableBinaries(user)
  const password = openSecrets(layout.secrets).ensure(superuser)
  if (clusterVersion(layout) === undefined) await initialise(layout, binaries, password)
  checkVersion(layout, binaries)

  const running = await adoptOrSpawn(layout, binaries, password, options.tuning ?? {})
  const guard = await takeGuard(running.url('postgres'), layout.data)
  if (running.adopted && Number.parseInt(guard.version, 10) === binaries.major) {
    const wanted = binaries.packageVersion.split('.').slice(0, 2).join('.')
    if (guard.version !== wanted) return await restart(guard)
  }
  let stopping: Promise<void> | undefined
  return {
    adminUrl: (database = 'postgres') => running.url(database),
    layout,
    pid: running.pid,
    adopted: running.adopted,
    version: guard.version,
    lost: guard.lost,
    stop() {
      stopping ??= stopServer(running.pid)
      return stopping
    },
  }

  // npm brought a newer PostgreSQL while the old one was left running.
  async function restart(held: Guard): Promise<EmbeddedServer> {
    await stopServer(running.pid)
    await held.lost
    return await startEmbedded(options)
  }
}

function checkVersion(layout: Layout, binaries: Binaries): void {
  const found = clusterVersion(layout)
  if (found === binaries.major) return
  throw new SqlError(
    'wrong-version',
    `${layout.cluster} was written by PostgreSQL ${found}, but this Marquee brings ${binaries.major}: restore a backup into a new MARQUEE_DATA or use the Marquee that wrote it`,
  )
}

type Running = { pid: number; adopted: boolean; url: (database: string) => string }

async function adoptOrSpawn(
  layout: Layout,
  binaries: Binaries,
  password: string,
  tuning: Tuning,
): Promise<Running> {
  for (;;) {
    const found = readPostmaster(layout.cluster)
    if (found && isPostgres(found.pid)) {
      const url = (database: string) => socketUrl({ ...found, user: superuser, password, database })
      const answer = await untilAnswers(url('postgres'), () => !isPostgres(found.pid))
      if (answer === 'ready') return { pid: found.pid, adopted: true, url }
      if (answer !== 'stopped') throw notOurs(layout, answer)
      continue
    }
    // Its process id belongs to another program by now, which PostgreSQL would take for a living server.
    if (found && isAlive(found.pid)) rmSync(join(layout.cluster, 'postmaster.pid'), { force: true })
    const port = tuning.port ?? 5432
    const url = (database: string) =>
      socketUrl({ sockets: layout.sockets, port, user: superuser, password, database })
    const { pid, gone } = spawnServer(layout, binaries, tuning)
    const answer = await untilAnswers(url('postgres'), gone)
    if (answer !== 'ready' && answer !== 'stopped') throw notOurs(layout, answer)
    const ours = readPostmaster(layout.cluster)
    if (answer === 'ready' && ours?.pid === pid) return { pid, adopted: false, url }
    // Another start was faster: its server holds the directory, and its Marquee the guard.
    if (ours && isPostgres(ours.pid)) continue
    throw serverFailed(layout)
  }
}

function notOurs(layout: Layout, reason: Error): SqlError {
  return new SqlError(
    'server-failed',
    `The PostgreSQL on ${layout.cluster} refuses us (${reason.message}): is ${layout.secrets} the one that belongs to it?`,
    reason,
  )
}
