import { appendFileSync, copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { openSecrets } from '../secrets.ts'
import { SqlError } from '../sql-error.ts'
import { superuser, urlOf } from './adopt-or-spawn.ts'
import { findBackup } from './backup-files.ts'
import { copyTree } from './copy-tree.ts'
import { clusterVersion } from './initialise.ts'
import { type Layout, prepareLayout } from './layout.ts'
import { isPostgres, readPostmaster } from './postmaster-file.ts'
import { reachableBinaries } from './program.ts'
import { giveTree } from './restore.ts'
import { checkVersion } from './server.ts'
import { serverUser } from './server-user.ts'
import { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from './start-embedded.ts'

export type ReplicaOptions = Pick<EmbeddedOptions, 'onLost'> & {
  /** The replica's own data directory. */
  data: string
  /** The data directory of the primary, on this machine; its server must run. */
  of: string
  /** The folder given to backup; needed only to make the replica. */
  from?: string
  /** How the primary names it, for `synchronous_standby_names`; `replica` unless told. */
  name?: string
}

const streamer = 'marquee_replica'

/**
 * Starts a streaming replica of an embedded server, made from its newest backup the first time. It catches up from
 * the primary's WAL archive, so a replica that is away costs the primary nothing.
 * Errors: `backup-invalid`, `server-failed`, `wrong-version`, those of start.
 */
export async function startReplica({
  data,
  of,
  from,
  name,
  onLost,
}: ReplicaOptions): Promise<EmbeddedServer> {
  const user = serverUser()
  const [layout, primary] = [prepareLayout(data, user), prepareLayout(of, user)]
  const isMade = clusterVersion(layout) !== undefined
  const maxConnections = await readPrimary(primary, isMade)
  if (!isMade) await make({ layout, primary, from, name: name ?? 'replica' })
  if (isMade && !existsSync(join(layout.cluster, 'standby.signal')))
    throw new SqlError('server-failed', `${layout.data} is no replica any more: start Marquee on it instead`)
  return startEmbedded({
    data,
    ...(maxConnections ? { tuning: { maxConnections } } : {}),
    ...(onLost ? { onLost } : {}),
  })
}

/** A replica must allow as many connections as its primary; undefined when that one is away. */
async function readPrimary(primary: Layout, isMade: boolean): Promise<number | undefined> {
  const running = readPostmaster(primary.cluster)
  if (!running || !isPostgres(running.pid)) {
    if (isMade) return undefined
    throw new SqlError('server-failed', `No PostgreSQL runs on ${primary.cluster}: start Marquee first`)
  }
  const secrets = openSecrets(primary.secrets)
  const client = new pg.Client({
    connectionString: urlOf(running, secrets.ensure(superuser))('postgres'),
    application_name: 'marquee replica',
  })
  client.on('error', () => {})
  await client.connect()
  try {
    const password = client.escapeLiteral(secrets.ensure(streamer))
    const { rows } = await client.query(
      `select current_setting('max_connections')::int as most,
              exists(select from pg_roles where rolname = $1) as known`,
      [streamer],
    )
    await client.query(
      `${rows[0].known ? 'alter' : 'create'} role ${streamer} with login replication password ${password}`,
    )
    return rows[0].most
  } finally {
    await client.end()
  }
}

type Making = { layout: Layout; primary: Layout; from: string | undefined; name: string }

async function make({ layout, primary, from, name }: Making): Promise<void> {
  if (from === undefined)
    throw new SqlError(
      'backup-invalid',
      'A new replica is made from a backup: name the folder given to backup',
    )
  const backup = findBackup(from)
  checkVersion(backup.major, backup.folder, reachableBinaries(layout.user))
  const draft = join(layout.data, 'postgres.restoring')
  const wal = join(layout.data, 'restore-wal')
  for (const folder of [draft, wal]) rmSync(folder, { recursive: true, force: true })
  await copyTree(join(backup.folder, 'base'), draft)
  await copyTree(join(backup.folder, 'wal'), wal)
  copyFileSync(primary.secrets, layout.secrets)
  writeFileSync(join(draft, 'standby.signal'), '')
  appendFileSync(join(draft, 'postgresql.auto.conf'), replicaSettings(primary, name))
  for (const folder of [draft, wal]) giveTree(folder, layout)
  renameSync(draft, layout.cluster)
}

/** Read from the primary, or from what it archived and it no longer has; waits for nobody if it is ever promoted. */
function replicaSettings(primary: Layout, name: string): string {
  const port = readPostmaster(primary.cluster)?.port ?? 5432
  const to = {
    host: primary.sockets,
    port: String(port),
    user: streamer,
    password: openSecrets(primary.secrets).ensure(streamer),
    application_name: name,
  }
  const conninfo = Object.entries(to).map(([key, value]) => `${key}='${value.replaceAll(/['\\]/g, '\\$&')}'`)
  const archived = join(primary.walArchive, '%f')
  const lines = {
    primary_conninfo: conninfo.join(' '),
    restore_command: `cp ../restore-wal/%f %p 2>/dev/null || cp "${archived}" %p 2>/dev/null`,
    synchronous_standby_names: '',
    // A long list is rather finished, or asked again of the primary, than kept from by what was vacuumed there.
    max_standby_streaming_delay: '2s',
    wal_retrieve_retry_interval: '1s',
  }
  return Object.entries(lines)
    .map(([key, value]) => `${key} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'\n`)
    .join('')
}

/** Lets a running replica take writes; it follows nobody from then on. Errors: `server-failed`. */
export async function promoteReplica(data: string): Promise<void> {
  const layout = prepareLayout(data, serverUser())
  const running = readPostmaster(layout.cluster)
  if (!running || !isPostgres(running.pid))
    throw new SqlError('server-failed', `No copy runs on ${layout.cluster}: start it with replica first`)
  const password = openSecrets(layout.secrets).ensure(superuser)
  const client = new pg.Client({
    connectionString: urlOf(running, password)('postgres'),
    application_name: 'marquee promote',
  })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query('select pg_promote(true, 60) as promoted')
    if (!rows[0].promoted)
      throw new SqlError('server-failed', 'The copy did not become a primary within 60 s')
  } finally {
    await client.end()
  }
}
