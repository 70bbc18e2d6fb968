import pg from 'pg'
import { withUser } from './address.ts'
import type { Secrets } from './secrets.ts'
import { reasonOf, SqlError } from './sql-error.ts'

export type Provision = {
  /** URL of somebody who may create roles and schemas, naming the database to provision. */
  adminUrl: string
  /** Each gets a schema of its name and a login role that can touch nothing else. */
  services: readonly string[]
  /** Where the generated passwords are kept. */
  secrets: Secrets
  /** Put before a service's name for its role, since roles are shared by all databases of a server. */
  rolePrefix?: string
}

/** How long a server may take the call and say nothing, in milliseconds. */
export const connectPatience = 10_000

/** Extensions that every schema can use, from the shared schema `extensions`. */
const extensions = ['btree_gist', 'pg_trgm', 'unaccent']

/**
 * Makes the database ready for the services and answers each one's URL. Run twice it changes nothing.
 * A role's search_path and timeouts are set on the role, so that a pooler has nothing to keep per connection.
 */
export async function provision(options: Provision): Promise<Record<string, string>> {
  const client = new pg.Client({
    connectionString: options.adminUrl,
    application_name: 'marquee provision',
    connectionTimeoutMillis: connectPatience,
  })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new SqlError('database-unreachable', `PostgreSQL does not answer: ${reasonOf(error)}`, error)
  }
  try {
    const roles = options.services.map((service) => ({
      service,
      role: `${options.rolePrefix ?? 'marquee_'}${service}`,
    }))
    const isNew = new Set(roles.filter(({ role }) => options.secrets.get(role) === undefined))
    const urls: Record<string, string> = {}
    for (const { service, role } of roles)
      urls[service] = withUser(options.adminUrl, role, options.secrets.ensure(role))
    // Roles belong to the whole server: two databases provisioned at once would trip over each other.
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(7267834)')
    const missing = await findMissing(client, roles)
    if (missing.length > 0) {
      await shareExtensions(client)
      await client.query('revoke all on schema public from public')
    }
    for (const each of roles) {
      if (isNew.has(each) || missing.includes(each))
        await createService(client, each.service, each.role, options.secrets.ensure(each.role))
    }
    await client.query('commit')
    return urls
  } finally {
    await client.end()
  }
}

type ServiceRole = { service: string; role: string }

async function findMissing(client: pg.Client, roles: readonly ServiceRole[]): Promise<ServiceRole[]> {
  const { rows } = await client.query(
    `select r.rolname as role, n.nspname as schema from pg_namespace n join pg_roles r on r.oid = n.nspowner
     where n.nspname = any($1)`,
    [roles.map(({ service }) => service)],
  )
  return roles.filter(({ service, role }) => !rows.some((row) => row.schema === service && row.role === role))
}

/** Installs the extensions where every schema of the database can use them. */
export async function shareExtensions(client: pg.Client): Promise<void> {
  await client.query('create schema if not exists extensions')
  await client.query('grant usage on schema extensions to public')
  for (const name of extensions)
    await client.query(`create extension if not exists ${name} with schema extensions`)
}

async function createService(
  client: pg.Client,
  service: string,
  role: string,
  password: string,
): Promise<void> {
  const [quotedRole, schema] = [pg.escapeIdentifier(role), pg.escapeIdentifier(service)]
  const { rows } = await client.query(
    'select current_database() as database, exists(select from pg_roles where rolname = $1) as known',
    [role],
  )
  const secret = pg.escapeLiteral(password)
  await client.query(`${rows[0].known ? 'alter' : 'create'} role ${quotedRole} with login password ${secret}`)
  // Needed to give a schema to a role, by an administrator that is no superuser.
  await client.query(`grant ${quotedRole} to current_user`)
  await client.query(`create schema if not exists ${schema} authorization ${quotedRole}`)
  await client.query(roleSettings(role, rows[0].database, service))
}

/** SQL that tells a role how to behave in a database, so that no connection needs to. */
export function roleSettings(role: string, database: string, schema: string): string {
  const target = `role ${pg.escapeIdentifier(role)} in database ${pg.escapeIdentifier(database)}`
  return [
    `search_path = ${pg.escapeIdentifier(schema)}, extensions`,
    "statement_timeout = '30s'",
    "idle_in_transaction_session_timeout = '15s'",
    "timezone = 'UTC'",
  ]
    .map((setting) => `alter ${target} set ${setting};`)
    .join('\n')
}
