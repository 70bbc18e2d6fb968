import type { Cache } from '@marquee/kit/cache'
import type { SearchStore } from '@marquee/kit/search'
import type { Database } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import type { createChangeTheater } from './change-theater.ts'
import type { createSeedTheaters } from './seed-theaters.ts'
import { type TheaterToIndex, type theaterIndex, toDocument } from './theater-index.ts'

type Deps = { db: Database; cache: Cache; log: Logger; index: SearchStore<typeof theaterIndex> }
type Row = TheaterToIndex & { open: boolean }

/** Keeps the search index as the theaters are. */
export function createIndexTheaters({ db, cache, log, index }: Deps) {
  async function put(ids?: readonly string[]): Promise<void> {
    const { rows } = await db.query<Row>(
      `select id, version, name, city, country, lat, lon, closed_at is null as open from theaters
       where $1::uuid[] is null or id = any($1)`,
      [ids ?? null],
    )
    await index.put(rows.filter(({ open }) => open).map(toDocument))
    const closed = rows.filter(({ open }) => !open).map(({ id }) => id)
    if (closed.length > 0) await index.remove(closed)
  }

  return {
    /** After the commit that changed them. */
    async these(ids: readonly string[]): Promise<void> {
      try {
        await put(ids)
      } catch (error) {
        // What is committed is done; the job brings the index after it.
        log.warn({ err: error, theaters: ids }, 'theaters could not be indexed; tried again within a minute')
      }
      // A search answered between the commit and now has the theater as it was.
      await cache.invalidate(['theaters'])
    },

    async all(): Promise<void> {
      const isFilled = await index.isFilled()
      await put()
      if (!isFilled) await index.markFilled()
    },
  }
}

export type IndexTheaters = ReturnType<typeof createIndexTheaters>
type ChangeTheater = ReturnType<typeof createChangeTheater>
type SeedTheaters = ReturnType<typeof createSeedTheaters>

/** The same changes, found by search as soon as they answer. */
export function changeAndIndex(change: ChangeTheater, { these }: IndexTheaters): ChangeTheater {
  return {
    async open(fields, ownerId, request) {
      const outcome = await change.open(fields, ownerId, request)
      if (outcome.ok) await these([outcome.theaterId])
      return outcome
    },
    async update(id, changes, expectedVersion) {
      const outcome = await change.update(id, changes, expectedVersion)
      if (outcome.ok) await these([id])
      return outcome
    },
    async close(id, cancelShows) {
      const outcome = await change.close(id, cancelShows)
      if (outcome.ok) await these([id])
      return outcome
    },
    async reopen(id) {
      const isOpen = await change.reopen(id)
      if (isOpen) await these([id])
      return isOpen
    },
  }
}

export function seedAndIndex(seed: SeedTheaters, { these }: IndexTheaters): SeedTheaters {
  return async (seeds) => {
    const ids = await seed(seeds)
    await these(ids)
    return ids
  }
}
