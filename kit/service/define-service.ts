import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { Cache } from '../cache/index.ts'
import type { Client, Contract, Endpoints, Implementation } from '../contract/index.ts'
import type { Documents } from '../documents/index.ts'
import type { Burst, Job, Publisher, Subscription } from '../events/index.ts'
import type { Flags } from '../flags/index.ts'
import type { Live } from '../live/index.ts'
import type { Search } from '../search/index.ts'
import type { Database } from '../sql/index.ts'
import type { Logger, Metrics } from '../telemetry/index.ts'
import type { Clock, Ids } from './clock.ts'
import type { Reads } from './reads.ts'

/** What a service is given to stand on. Take what you use and pass only that on. */
export type ServiceContext<Config> = {
  config: Config
  db: Database
  /** For lists and pages: from a replica where there is one that is far enough. */
  reads: Reads
  documents: Documents
  search: Search
  events: Publisher
  /** Where the bus is made for bursts: hands over what is no change in this database yet. */
  burst?: Burst
  live: Live
  cache: Cache
  /** Feature flags, asked for a person. */
  flags: Flags
  clock: Clock
  ids: Ids
  log: Logger
  metrics: Metrics
  /** The typed client of a neighbour, wherever it runs. */
  connect: <Of extends Endpoints>(contract: Contract<string, Of>) => Client<Of>
  /** The site's public address, for links in mails and redirects. */
  origin: string
  /** True where the demo's conveniences are open. */
  demo: boolean
}

/** What a service gives once it is started. */
export type ServiceParts<Of extends Endpoints> = {
  implementation: Implementation<Of>
  subscriptions?: readonly Subscription[]
  jobs?: readonly Job[]
  /** Routes beyond the contract: a WebSocket. */
  rawRoutes?: (app: FastifyInstance) => void
  /** False with the reason while a needed part does not answer. */
  ready?: () => Promise<true | string>
  stop?: () => Promise<void>
}

export type ServiceDefinition<Config extends z.ZodObject = z.ZodObject, Of extends Endpoints = Endpoints> = {
  name: string
  contract: Contract<string, Of>
  config: Config
  /** The folder of its SQL migrations. */
  migrations: URL
  /** Connections to its database; 6 unless told. */
  poolSize?: number
  start: (context: ServiceContext<z.output<Config>>) => Promise<ServiceParts<Of>>
}

/** Declares a service: a library that a host starts. */
export function defineService<Config extends z.ZodObject, Of extends Endpoints>(
  definition: ServiceDefinition<Config, Of>,
): ServiceDefinition<Config, Of> {
  return definition
}
