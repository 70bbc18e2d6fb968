import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { openSecrets } from '../secrets.ts'
import { reasonOf, SqlError } from '../sql-error.ts'
import { superuser, urlOf } from './adopt-or-spawn.ts'
import { type Backup, manifestName } from './backup-files.ts'
import { copyIfThere, copyTree, syncToDisk } from './copy-tree.ts'
import { type Layout, prepareLayout } from './layout.ts'
import { isPostgres, readPostmaster } from './postmaster-file.ts'
import { give, serverUser } from './server-user.ts'
import { startEmbedded } from './start-embedded.ts'

export type { Backup } from './backup-files.ts'

const keptWal = { hours: 7 * 24 }

/**
 * Copies the embedded server of a data directory into a new folder under `into`, while it serves or from rest,
 * and keeps archiving its WAL from then on, so that a restore can stop at any later time. WAL from before this
 * backup is dropped from the archive after a week. Errors: `data-not-writable`, `server-failed`, those of start.
 */
export async function backupEmbedded({ data, into }: { data: string; into: string }): Promise<Backup> {
  const layout = prepareLayout(data, serverUser())
  const running = readPostmaster(layout.cluster)
  if (running && isPostgres(running.pid)) {
    const password = openSecrets(layout.secrets).ensure(superuser)
    return await copyServer(urlOf(running, password)('postgres'), layout, into)
  }
  const server = await startEmbedded({ data })
  try {
    return await copyServer(server.adminUrl(), layout, into)
  } finally {
    await server.stop()
  }
}

async function copyServer(adminUrl: string, layout: Layout, into: string): Promise<Backup> {
  mkdirSync(layout.walArchive, { recursive: true, mode: 0o700 })
  give(layout.walArchive, layout.user)
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'marquee backup' })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows: started } = await client.query(
      `select pg_walfile_name(pg_backup_start('marquee', fast => true)) as "firstWal", clock_timestamp() as at,
         current_setting('server_version_num')::int / 10000 as major`,
    )
    const { firstWal, at, major } = started[0]
    const folder = join(resolve(into), new Date(at).toISOString().replaceAll(':', '-'))
    const draft = `${folder}.partial`
    try {
      mkdirSync(draft, { recursive: true, mode: 0o700 })
      await copyTree(layout.cluster, join(draft, 'base'), isNotWanted)
      const { rows: stopped } = await client.query('select labelfile, spcmapfile from pg_backup_stop(true)')
      const { rows: ended } = await client.query('select clock_timestamp() as at')
      writeFileSync(join(draft, 'base', 'backup_label'), stopped[0].labelfile)
      await copyWal(layout.walArchive, join(draft, 'wal'), firstWal)
      copyFileSync(layout.secrets, join(draft, 'secrets.json'))
      chmodSync(join(draft, 'secrets.json'), 0o600)
      const backup: Backup = {
        folder,
        major,
        startedAt: new Date(at).toISOString(),
        endedAt: new Date(ended[0].at).toISOString(),
        firstWal,
        data: layout.data,
      }
      writeFileSync(join(draft, manifestName), `${JSON.stringify(backup, null, 2)}\n`)
      await syncToDisk(draft)
      renameSync(draft, folder)
      pruneWal(layout.walArchive, firstWal)
      return backup
    } catch (error) {
      // Half a copy helps nobody, and may be what fills the disk.
      rmSync(draft, { recursive: true, force: true })
      throw error instanceof Error && 'syscall' in error ? notWritable(folder, error) : error
    }
  } finally {
    await client.end()
  }
}

const notWritable = (folder: string, error: unknown) =>
  new SqlError(
    'data-not-writable',
    `Cannot write the backup to ${folder} (${reasonOf(error)}): choose another folder`,
    error,
  )

// What the server makes anew, and the WAL, which comes from the archive.
const emptied = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//
const dropped = /(^|\/)(postmaster\.(pid|opts)|pgsql_tmp[^/]*|pg_internal\.init(\.\d+)?)$|^backup_label$/

function isNotWanted(path: string): boolean {
  return emptied.test(path) || dropped.test(path)
}

async function copyWal(archive: string, to: string, firstWal: string): Promise<void> {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(archive))
    if (name.endsWith('.history') || (isSegment(name) && name >= firstWal))
      await copyIfThere(join(archive, name), join(to, name))
}

function isSegment(name: string): boolean {
  return /^[0-9A-F]{24}/.test(name)
}

function pruneWal(archive: string, firstWal: string): void {
  const limit = Temporal.Now.instant().subtract(keptWal).epochMilliseconds
  for (const name of readdirSync(archive)) {
    const old = isSegment(name) && name < firstWal && statSync(join(archive, name)).mtimeMs < limit
    if (old) rmSync(join(archive, name), { force: true })
  }
}
