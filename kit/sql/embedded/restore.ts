import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSecrets } from '../secrets.ts'
import { SqlError } from '../sql-error.ts'
import { superuser, urlOf } from './adopt-or-spawn.ts'
import { untilAnswers } from './answers.ts'
import { type Backup, findBackup } from './backup-files.ts'
import type { Binaries } from './binaries.ts'
import { copyIfThere, copyTree, syncToDisk } from './copy-tree.ts'
import { takeGuard } from './guard.ts'
import { type Layout, prepareLayout, removeSockets } from './layout.ts'
import { isPostgres, readPostmaster } from './postmaster-file.ts'
import { reachableBinaries } from './program.ts'
import { type CollectedWal, collectWal } from './restore-wal.ts'
import { checkVersion } from './server.ts'
import { serverFailed, spawnServer, stopServer } from './server-process.ts'
import { give, serverUser } from './server-user.ts'
import { settings } from './settings.ts'

export type Restore = {
  /** The folder given to backup, or one backup in it. */
  from: string
  /** The data directory to fill; what its cluster held is kept beside it, once. */
  data: string
  /** The state at this time; 'latest' for everything that was archived; the end of the backup unless told. */
  to?: Temporal.Instant | 'latest'
}

/**
 * Puts a backup in place of a data directory's cluster and rolls it forward. The server must not run.
 * Errors: `backup-invalid`, `restore-too-early`, `restore-too-late`, `data-in-use`, `wrong-version`, `server-failed`.
 */
export async function restoreEmbedded({ from, data, to }: Restore): Promise<Backup> {
  const backup = findBackup(from, to === 'latest' ? undefined : to)
  const user = serverUser()
  const layout = prepareLayout(data, user)
  const binaries = reachableBinaries(user)
  checkVersion(backup.major, backup.folder, binaries)
  await endLeftServer(layout)

  const draft: Layout = { ...layout, cluster: join(layout.data, 'postgres.restoring') }
  const wal = join(layout.data, 'restore-wal')
  rmSync(draft.cluster, { recursive: true, force: true })
  rmSync(wal, { recursive: true, force: true })
  await copyTree(join(backup.folder, 'base'), draft.cluster)
  const found = await collectWal({ backup, data: layout.data, into: wal, further: to !== undefined })
  writeFileSync(join(draft.cluster, 'recovery.signal'), '')
  for (const folder of [draft.cluster, wal]) giveTree(folder, layout)
  try {
    if (to === 'latest' && found.gap) throw tooLate(found)
    await recover(draft, binaries, backup, targetSettings(to), found)
    assertNobodyStarted(layout)
  } catch (error) {
    rmSync(draft.cluster, { recursive: true, force: true })
    assertNobodyStarted(layout)
    throw error
  } finally {
    rmSync(wal, { recursive: true, force: true })
  }
  await swap(layout, draft, backup)
  removeSockets(layout)
  return backup
}

// A Marquee that was killed may have left its server; a living one holds the guard, which says so.
async function endLeftServer(layout: Layout): Promise<void> {
  const running = readPostmaster(layout.cluster)
  if (!running || !isPostgres(running.pid)) return
  const password = openSecrets(layout.secrets).ensure(superuser)
  await takeGuard(urlOf(running, password)('postgres'), layout.data)
  await stopServer(running.pid)
}

/** Copying takes a while: who starts Marquee meanwhile works on the data that would be put away. */
function assertNobodyStarted(layout: Layout): void {
  const running = readPostmaster(layout.cluster)
  if (running && isPostgres(running.pid))
    throw new SqlError(
      'data-in-use',
      `A Marquee was started on ${layout.data} meanwhile: stop it, then restore again; nothing was changed`,
    )
}

function tooLate({ gap }: CollectedWal): SqlError {
  return new SqlError(
    'restore-too-late',
    gap
      ? `WAL since that backup is missing, from ${gap} on: name a later backup, or restore this one alone, without --to`
      : 'The archived WAL ends before that time: ask for an earlier time, or for everything with --to latest',
  )
}

function targetSettings(to: Restore['to']): string[] {
  if (to === undefined) return ['-c', 'recovery_target=immediate', '-c', 'recovery_target_timeline=current']
  if (to === 'latest') return []
  // PostgreSQL reads this setting before it knows any name of a zone, even Z.
  return ['-c', `recovery_target_time=${to.toString({ smallestUnit: 'microsecond' }).replace('Z', '+00')}`]
}

async function recover(
  draft: Layout,
  binaries: Binaries,
  backup: Backup,
  target: readonly string[],
  found: CollectedWal,
): Promise<void> {
  const secret = JSON.parse(readFileSync(join(backup.folder, 'secrets.json'), 'utf8'))[superuser]
  const before = readFileSync(draft.log, 'utf8').length
  const { pid, gone } = spawnServer(draft, binaries, [
    ...settings(draft.sockets, {}),
    ...['-c', 'restore_command=cp ../restore-wal/%f %p', '-c', 'recovery_target_action=promote'],
    // It takes no connection until it is done, which is how we know.
    ...['-c', 'hot_standby=off', ...target],
  ])
  const url = urlOf({ sockets: draft.sockets, port: 5432 }, secret)('postgres')
  const answer = await untilAnswers(url, gone, 24 * 3_600_000)
  // Whoever else has the sockets answers just as well.
  const isOurs = readPostmaster(draft.cluster)?.pid === pid
  if (answer !== 'stopped') await stopServer(pid)
  if (answer === 'ready' && isOurs) return
  if (answer === 'ready') throw serverFailed(draft)
  if (answer !== 'stopped') throw answer
  const log = readFileSync(draft.log, 'utf8')
  // A log that grew too long was begun anew.
  const said = log.length < before ? log : log.slice(before)
  if (!said.includes('before configured recovery target was reached')) throw serverFailed(draft)
  // Nothing was written after that time, so the end is the state at that time.
  if (found.whole && !found.gap && target.length > 0) return await recover(draft, binaries, backup, [], found)
  throw tooLate(found)
}

async function swap(layout: Layout, draft: Layout, backup: Backup): Promise<void> {
  const previous = join(layout.data, 'postgres.before-restore')
  if (existsSync(layout.cluster)) {
    rmSync(previous, { recursive: true, force: true })
    renameSync(layout.cluster, previous)
  }
  renameSync(draft.cluster, layout.cluster)
  await copyIfThere(join(backup.folder, 'secrets.json'), layout.secrets)
  chmodSync(layout.secrets, 0o600)
  await syncToDisk(layout.data)
}

/** Gives a folder and all in it to the server's user. */
export function giveTree(folder: string, layout: Pick<Layout, 'user'>): void {
  give(folder, layout.user)
  chmodSync(folder, 0o700)
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    give(join(entry.parentPath, entry.name), layout.user)
}
