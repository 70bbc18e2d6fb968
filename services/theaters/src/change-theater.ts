import type { Idempotency } from '@marquee/kit/contract'
import type { Database, Queryable } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { isTimeZone } from './local-time.ts'
import { peopleStore } from './people-store.ts'
import { invalid, type Refusal } from './plan-show.ts'
import { requestStore } from './request-store.ts'
import { showStore } from './show-store.ts'
import { type TheaterRow, theaterStore } from './theater-store.ts'

type Deps = { db: Database; announce: Announce; newId: () => string }
export type TheaterFields = Omit<TheaterRow, 'id' | 'version'>
type Outcome =
  | { ok: true; theaterId: string }
  | { ok: false; code: 'not-found' | 'version-mismatch' | 'idempotency-key-reused' }
  | Refusal

/** Opens, changes, closes and reopens theaters. Closing stops sales; `cancelShowsOfClosed` calls the shows off later. */
export function createChangeTheater({ db, announce, newId }: Deps) {
  return {
    async open(fields: TheaterFields, ownerId: string, request?: Idempotency): Promise<Outcome> {
      if (!isTimeZone(fields.time_zone)) return invalid('timeZone', 'is no time zone such as Europe/Lisbon')
      const theater = { ...fields, id: newId(), version: 1 }
      return db.transaction(async (tx): Promise<Outcome> => {
        if (request) await requestStore.forgetOld(tx, 'theaters', request)
        // Waits for the same request elsewhere, which then is the one that made it.
        const isFirst = await theaterStore.insert(tx, theater, request)
        if (!isFirst && request) return madeBefore(tx, request)
        const owner = await peopleStore.put(tx, theater.id, { userId: ownerId, role: 'owner' })
        await peopleStore.knowAddress(tx, theater.id, ownerId)
        await announce.people(tx, theater, owner ? [owner] : [])
        return { ok: true, theaterId: theater.id }
      })
    },

    async update(id: string, changes: Partial<TheaterFields>, expectedVersion?: number): Promise<Outcome> {
      if (changes.time_zone !== undefined && !isTimeZone(changes.time_zone))
        return invalid('timeZone', 'is no time zone such as Europe/Lisbon')
      return db.transaction(async (tx): Promise<Outcome> => {
        const before = await theaterStore.lock(tx, id)
        if (!before) return { ok: false, code: 'not-found' }
        if (expectedVersion !== undefined && expectedVersion !== before.version)
          return { ok: false, code: 'version-mismatch' }
        const theater = { ...before, ...changes, version: before.version + 1 }
        const shows = await showStore.lockUpcoming(tx, { theater: id })
        if (theater.time_zone !== before.time_zone && shows.length > 0)
          return invalid('timeZone', 'cannot change while shows are planned')
        await theaterStore.update(tx, theater)
        const ids = shows.map((show) => show.id)
        if (theater.day_starts_at !== before.day_starts_at)
          await showStore.redate(tx, ids, theater.day_starts_at)
        await showStore.touch(tx, ids)
        await announce.changed(tx, ids)
        if (theater.name !== before.name) await announce.people(tx, theater, await peopleStore.touch(tx, id))
        return { ok: true, theaterId: id }
      })
    },

    close: (id: string, cancelShows: boolean) =>
      db.transaction(async (tx) => {
        if (!(await theaterStore.lock(tx, id))) return { ok: false as const, code: 'not-found' as const }
        const shows = await showStore.lockUpcoming(tx, { theater: id })
        if (shows.length > 0 && !cancelShows)
          return { ok: false as const, code: 'shows-planned' as const, shows: shows.length }
        await theaterStore.close(tx, id)
        const ids = shows.map((show) => show.id)
        await showStore.touch(tx, ids)
        await announce.changed(tx, ids)
        return { ok: true as const }
      }),

    reopen: (id: string): Promise<boolean> =>
      db.transaction(async (tx) => {
        const reopened = await theaterStore.reopen(tx, id)
        if (reopened !== 'reopened') return reopened === 'was-open'
        const ids = (await showStore.lockUpcoming(tx, { theater: id })).map((show) => show.id)
        await showStore.touch(tx, ids)
        await announce.changed(tx, ids)
        return true
      }),
  }
}

async function madeBefore(tx: Queryable, request: Idempotency): Promise<Outcome> {
  const made = await requestStore.made(tx, 'theaters', request)
  return made?.request_hash === request.bodyHash
    ? { ok: true, theaterId: made.id }
    : { ok: false, code: 'idempotency-key-reused' }
}
