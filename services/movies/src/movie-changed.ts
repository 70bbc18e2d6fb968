import { movieChanged } from '@marquee/contracts/movies'
import type { Publisher } from '@marquee/kit/events'
import type { Transaction } from '@marquee/kit/sql'
import type { MovieRecord } from './film.ts'

/** Tells the others of films that changed, in the transaction that changed them. */
export function createAnnounce(events: Publisher) {
  return async (tx: Transaction, records: readonly MovieRecord[], deleted = false): Promise<void> => {
    await events.publishAll(
      tx,
      records.map((record) => ({
        event: movieChanged,
        payload: {
          movieId: record.id,
          version: record.version,
          title: record.film.title,
          year: record.film.year,
          runtimeMinutes: record.film.runtimeMinutes,
          genres: record.film.genres,
          externalIds: record.film.externalIds,
          deleted,
        },
        key: record.id,
        version: record.version,
      })),
    )
  }
}

export type Announce = ReturnType<typeof createAnnounce>
