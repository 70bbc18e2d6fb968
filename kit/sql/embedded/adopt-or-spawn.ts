import { socketUrl } from '../address.ts'
import { SqlError } from '../sql-error.ts'
import { untilAnswers } from './answers.ts'
import type { Binaries } from './binaries.ts'
import type { Layout } from './layout.ts'
import { disownLocks, isAlive, isPostgres, readPostmaster } from './postmaster-file.ts'
import { serverFailed, spawnServer } from './server-process.ts'
import { settings, type Tuning } from './settings.ts'

export const superuser = 'marquee'

export type Running = { pid: number; adopted: boolean; url: (database: string) => string }

/** Finds the server that runs on the cluster, or starts one, and waits until it answers. */
export async function adoptOrSpawn(
  layout: Layout,
  binaries: Binaries,
  password: string,
  tuning: Tuning,
): Promise<Running> {
  for (;;) {
    const found = readPostmaster(layout.cluster)
    if (found && isPostgres(found.pid)) {
      const url = urlOf(found, password)
      const answer = await untilAnswers(url('postgres'), () => !isPostgres(found.pid))
      if (answer === 'ready') return { pid: found.pid, adopted: true, url }
      if (answer !== 'stopped') throw notOurs(layout, answer)
      continue
    }
    // Its process id is a zombie's or another program's by now, which PostgreSQL would take for a living server.
    if (found && isAlive(found.pid)) disownLocks(layout, found.port)
    const port = tuning.port ?? 5432
    const url = urlOf({ sockets: layout.sockets, port }, password)
    const { pid, gone } = spawnServer(layout, binaries, settings(layout.sockets, tuning))
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

/** URLs of the databases behind a socket, as superuser. */
export function urlOf(at: { sockets: string; port: number }, password: string) {
  return (database: string) =>
    socketUrl({ sockets: at.sockets, port: at.port, user: superuser, password, database })
}
