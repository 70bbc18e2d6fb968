import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type EmbeddedOptions,
  type MigrationSet,
  migrate,
  openSecrets,
  provision,
  startEmbedded,
} from '@marquee/kit/sql'
import type { Settings } from './settings.ts'

/** Where everything is kept: a PostgreSQL, and for each service its own role and schema in it. */
export type Store = {
  /** The connection URL of a service, as its own role. */
  urlOf(service: string): string
  /** Connects as whoever may create roles. */
  adminUrl: string
  /** True where Marquee runs PostgreSQL itself. */
  embedded: boolean
  /** True when a server was found running that an earlier Marquee had left behind. */
  adopted: boolean
  stop(): Promise<void>
}

export type OpenStoreOptions = {
  settings: Settings
  schemas: readonly string[]
  env: NodeJS.ProcessEnv
  /** A command that works beside a running Marquee, or without one. */
  visiting?: boolean
  /** How many connections the PostgreSQL that we run allows. */
  maxConnections?: number
  onLost?: EmbeddedOptions['onLost']
}

/** Starts PostgreSQL, or reaches the one that `DATABASE_URL` names, and gives every schema its role. */
export async function openStore({
  settings,
  schemas,
  env,
  visiting = false,
  maxConnections,
  onLost,
}: OpenStoreOptions): Promise<Store> {
  const own = ownUrls(schemas, env)
  const shared = schemas.filter((schema) => !own.has(schema))
  const server = settings.databaseUrl
    ? undefined
    : await startEmbedded({
        data: settings.data,
        supervise: !visiting,
        ...(maxConnections ? { tuning: { maxConnections } } : {}),
        ...(onLost ? { onLost } : {}),
      })
  const adminUrl = settings.databaseUrl ?? server?.adminUrl() ?? ''
  if (!server) mkdirSync(join(settings.data, 'secrets'), { recursive: true, mode: 0o700 })
  const secrets = openSecrets(server?.layout.secrets ?? join(settings.data, 'secrets', 'postgres.json'))
  const provisioned = shared.length > 0 ? await provision({ adminUrl, services: shared, secrets }) : {}
  return {
    urlOf(service) {
      const url = own.get(service) ?? provisioned[service]
      if (!url) throw new Error(`${service} has no database`)
      return url
    },
    adminUrl,
    embedded: server !== undefined,
    adopted: server?.adopted ?? false,
    stop: async () => {
      // A visitor leaves the server to whoever runs it, and takes it down only if nobody did.
      if (server && !(visiting && server.adopted)) await server.stop()
    },
  }
}

/** Services with a database of their own: `BOOKING_DATABASE_URL`. */
function ownUrls(schemas: readonly string[], env: NodeJS.ProcessEnv): Map<string, string> {
  return new Map(
    schemas.flatMap((schema) => {
      const url = env[`${schema.toUpperCase()}_DATABASE_URL`]
      return url ? [[schema, url] as const] : []
    }),
  )
}

/** Brings every schema up to date; answers how many migrations were applied. */
export async function migrateAll(
  store: Store,
  schemas: readonly { schema: string; sets: readonly MigrationSet[] }[],
): Promise<number> {
  const applied = await Promise.all(
    schemas.map(({ schema, sets }) => migrate({ url: store.urlOf(schema), schema, sets })),
  )
  return applied.flat().length
}
