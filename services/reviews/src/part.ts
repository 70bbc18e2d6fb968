import type { identityContract } from '@marquee/contracts/identity'
import type { moviesContract } from '@marquee/contracts/movies'
import type { reviewsContract } from '@marquee/contracts/reviews'
import type { watchlistContract } from '@marquee/contracts/watchlist'
import type { Cache } from '@marquee/kit/cache'
import type { CallRequest, Client, Guards, Handlers } from '@marquee/kit/contract'
import type { Documents } from '@marquee/kit/documents'
import type { Job, Publisher, Subscription } from '@marquee/kit/events'
import type { Flags } from '@marquee/kit/flags'
import type { Clock, Ids, Reads } from '@marquee/kit/service'
import type { Database, Transaction } from '@marquee/kit/sql'
import type { Logger, Metrics } from '@marquee/kit/telemetry'
import type { ReviewsConfig } from './config.ts'
import type { FilmCopy } from './film-copy.ts'
import type { PeopleCopy } from './people-copy.ts'
import type { ImportRatings, Rate } from './ratings/rate.ts'

type Endpoints = (typeof reviewsContract)['endpoints']

/** A part's share of the service: service.ts joins them. */
export type Part<Name extends keyof Endpoints> = {
  handlers: Pick<Handlers<Endpoints>, Name>
  guards: Pick<Guards<Endpoints>, Name>
  subscriptions: readonly Subscription[]
  jobs: readonly Job[]
  /** What a person's erasure means here, in the transaction that notes it. May be told again. */
  forgetPerson?: (tx: Transaction, userId: string) => Promise<void>
  stop?: () => Promise<void>
}

/** What parts are made of; each asks for what it uses: `Pick<PartDeps, 'db' | 'films'>`. */
export type PartDeps = {
  config: ReviewsConfig
  db: Database
  reads: Reads
  documents: Documents
  events: Publisher
  cache: Cache
  flags: Flags
  clock: Clock
  ids: Ids
  log: Logger
  metrics: Metrics
  films: FilmCopy
  people: PeopleCopy
  /** Records a person's stars as `PUT …/rating` does. */
  rate: Rate
  importRatings: ImportRatings
  identity: Client<(typeof identityContract)['endpoints']>
  movies: Client<(typeof moviesContract)['endpoints']>
  watchlist: Client<(typeof watchlistContract)['endpoints']>
}

/** The person who calls an endpoint that only people may call. */
export function myId({ caller }: CallRequest): string {
  if (!caller.userId) throw new Error('a person was let in without an id')
  return caller.userId
}
