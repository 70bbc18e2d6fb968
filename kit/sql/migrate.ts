import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Migration, type MigrationSet, readMigrations } from './migration-files.ts'
import { connectPatience, shareExtensions } from './provision.ts'
import { isServerError, reasonOf, SqlError } from './sql-error.ts'

export type MigrateOptions = {
  /** The URL of the role that owns the schema; not through a pooler. */
  url: string
  schema: string
  sets: readonly MigrationSet[]
}

/**
 * Brings a schema up to date: each new file in its own transaction, under a lock, recorded with its checksum. Where
 * others are at work on its tables, a file waits for them briefly, lets them pass, and tries again for a minute.
 * Creates the schema when missing, and makes it the role's search_path. Answers the names of the files applied.
 * Errors: `migration-changed`, `migration-invalid`, `migration-failed`, `database-unreachable`.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const migrations = readMigrations(options.sets)
  const client = new pg.Client({
    connectionString: options.url,
    application_name: 'marquee migrate',
    connectionTimeoutMillis: connectPatience,
  })
  // A broken connection also fails the statement under way, which is where it is handled.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new SqlError('database-unreachable', `PostgreSQL does not answer: ${reasonOf(error)}`, error)
  }
  try {
    // Two instances that start together: the second waits, then finds nothing to do.
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`migrate ${options.schema}`])
    await prepareSchema(client, options.schema)
    const applied = await readApplied(client)
    const pending: Migration[] = []
    for (const migration of migrations) {
      const before = applied.get(key(migration))
      if (before === undefined) pending.push(migration)
      else if (before !== migration.checksum) throw changed(migration)
    }
    for (const migration of pending) await apply(client, migration)
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

async function prepareSchema(client: pg.Client, schema: string): Promise<void> {
  const quoted = pg.escapeIdentifier(schema)
  const { rows } = await client.query('select to_regclass($1) is not null as ready', [`${quoted}.migrations`])
  await client.query(`set search_path = ${quoted}, extensions`)
  if (rows[0].ready) return
  const { rows: found } = await client.query('select 1 from pg_namespace where nspname = $1', [schema])
  if (found.length === 0) await client.query(`create schema ${quoted}`)
  // A database that somebody else made for the service, rather than provision.
  const { rows: shared } = await client.query("select 1 from pg_namespace where nspname = 'extensions'")
  if (shared.length === 0) await shareExtensions(client)
  // The role remembers the path, so that no connection has to say it.
  const { rows: here } = await client.query('select current_database() as name')
  await client.query(
    `alter role current_user in database ${pg.escapeIdentifier(here[0].name)} set search_path = ${quoted}, extensions`,
  )
  await client.query(
    `create table migrations (
       set text not null, name text not null, checksum text not null,
       applied_at timestamptz not null default clock_timestamp(), primary key (set, name))`,
  )
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query('select set, name, checksum from migrations')
  return new Map(rows.map((row) => [key(row), row.checksum]))
}

// Everybody queues behind a migration that waits for a table.
const longestLock = '500ms'
const longestTrying = 60_000
/** `lock_not_available` and `deadlock_detected`. */
const busy = new Set(['55P03', '40P01'])

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const { set, name } = migration
  const until = performance.now() + longestTrying
  for (;;) {
    try {
      return await applyOnce(client, migration)
    } catch (error) {
      const isBusy = isServerError(error) && busy.has(error.code)
      if (!isBusy || performance.now() > until)
        throw new SqlError('migration-failed', `Migration ${set}/${name} failed: ${reasonOf(error)}`, error)
      await client.query('rollback')
      await pause(100 + Math.random() * 300)
    }
  }
}

async function applyOnce(client: pg.Client, { set, name, text, checksum }: Migration): Promise<void> {
  await client.query('begin')
  await client.query(`set local lock_timeout = '${longestLock}'`)
  await client.query(text)
  await client.query('insert into migrations (set, name, checksum) values ($1, $2, $3)', [
    set,
    name,
    checksum,
  ])
  await client.query('commit')
}

function key({ set, name }: { set: string; name: string }): string {
  return `${set}/${name}`
}

function changed({ set, name }: Migration): SqlError {
  return new SqlError(
    'migration-changed',
    `Migration ${set}/${name} was changed after it was applied: restore the file and put the change into a new one`,
  )
}
