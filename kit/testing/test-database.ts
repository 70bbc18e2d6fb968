import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import {
  type Database,
  type MigrationSet,
  migrate,
  openDatabase,
  provision,
  readMigrations,
  roleSettings,
  withDatabase,
  withUser,
} from '../sql/index.ts'
import { testServer } from './test-server.ts'

export type TestDatabaseOptions = {
  schema: string
  /** The service's folder of migrations. */
  migrations?: URL
  /** Further sets that live in the same schema, applied first. */
  also?: readonly MigrationSet[]
  /** What else stands in the template, made once for all that say it by this name. */
  furnish?: { name: string; with: (adminUrl: string) => Promise<void> }
  poolSize?: number
}

export type TestDatabase = {
  /** Connected as the service's own role. */
  db: Database
  url: string
  /** Connected as superuser to the same database, to see and break what the service cannot. */
  admin: Database
  adminUrl: string
  /** Closes both and drops the database. */
  close(): Promise<void>
}

const rolePrefix = 'marquee_test_'
const password = 'marquee-test'

/** A fresh, migrated database with the role and schema of a service, copied from a template in milliseconds. */
export async function testDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  const { adminUrl } = await testServer()
  const sets: MigrationSet[] = [
    ...(options.also ?? []),
    ...(options.migrations ? [{ name: options.schema, from: options.migrations }] : []),
  ]
  const template = await ensureTemplate(adminUrl, { ...options, sets })
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(adminUrl, async (client) => {
    // Page by page through the log takes five times as long.
    await client.query(`create database ${name} template ${template} strategy file_copy`)
    // Settings of a role in a database do not come along with the copy.
    await client.query(roleSettings(`${rolePrefix}${options.schema}`, name, options.schema))
  })
  const url = withUser(withDatabase(adminUrl, name), `${rolePrefix}${options.schema}`, password)
  const databaseAdminUrl = withDatabase(adminUrl, name)
  const db = openDatabase({ url, poolSize: options.poolSize ?? 6, applicationName: `test ${options.schema}` })
  const admin = openDatabase({ url: databaseAdminUrl, poolSize: 2, applicationName: 'test admin' })
  return {
    db,
    url,
    admin,
    adminUrl: databaseAdminUrl,
    async close() {
      await Promise.all([db.close(), admin.close()])
      await asAdmin(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
    },
  }
}

type Wanted = Pick<TestDatabaseOptions, 'schema' | 'furnish'> & { sets: readonly MigrationSet[] }

const templates = new Map<string, Promise<string>>()

function ensureTemplate(adminUrl: string, wanted: Wanted): Promise<string> {
  const { schema, furnish, sets } = wanted
  const key = JSON.stringify([schema, furnish?.name, sets.map(({ name, from }) => [name, from.href])])
  const known = templates.get(key) ?? createTemplate(adminUrl, wanted)
  templates.set(key, known)
  return known
}

async function createTemplate(adminUrl: string, { schema, furnish, sets }: Wanted): Promise<string> {
  const checksums = readMigrations(sets).map(({ set, name, checksum }) => [set, name, checksum])
  const mark = createHash('sha256')
    .update(JSON.stringify([schema, furnish?.name, checksums]))
    .digest('hex')
    .slice(0, 16)
  const template = `template_${mark}`
  await asAdmin(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(7267835)')
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [template])
    if (rows.length > 0) return
    const draft = `draft_${mark}`
    await client.query(`drop database if exists ${draft} with (force)`)
    await client.query(`create database ${draft} template template0`)
    const secrets = { get: () => password, ensure: () => password }
    const urls = await provision({
      adminUrl: withDatabase(adminUrl, draft),
      services: [schema],
      secrets,
      rolePrefix,
    })
    await migrate({ url: urls[schema] ?? '', schema, sets })
    await furnish?.with(withDatabase(adminUrl, draft))
    await client.query(`alter database ${draft} rename to ${template}`)
  })
  return template
}

async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'test admin' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
