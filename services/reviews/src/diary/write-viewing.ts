import type { DiaryEntry } from '@marquee/contracts/reviews'
import type { Idempotency } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { FilmCopy } from '../film-copy.ts'
import type { ForgetPages } from '../forget-pages.ts'
import type { PeopleCopy } from '../people-copy.ts'
import type { Rate } from '../ratings/rate.ts'
import { type DiaryRow, findRequested, forgetRequest, holdPerson, insertEntries } from './diary-store.ts'
import { rateByViewing } from './rate-by-viewing.ts'
import { doubtDay } from './viewing-day.ts'

type Deps = {
  db: Database
  films: Pick<FilmCopy, 'find'>
  people: Pick<PeopleCopy, 'find'>
  rate: Rate
  forgetPages: ForgetPages
  newId: () => string
  now: () => Temporal.Instant
}
export type Viewing = Pick<
  DiaryEntry,
  'watchedOn' | 'stars' | 'liked' | 'rewatch' | 'tags' | 'note' | 'visibility'
> & {
  userId: string
  movieId: string
  idempotency?: Idempotency | undefined
}
export type Written =
  | { ok: true; entry: DiaryRow }
  | { ok: false; code: 'unauthenticated' | 'idempotency-key-reused' }
  | { ok: false; code: 'invalid-input'; path: 'movieId' | 'watchedOn'; message: string }

/** Writes a viewing down; stars given with it are the person's rating as well, where `ratesFilm` says so. */
export function createWriteViewing({ db, films, people, rate, forgetPages, newId, now }: Deps) {
  return async function write(viewing: Viewing): Promise<Written> {
    const { userId, movieId, stars, idempotency, ...fields } = viewing
    const requestKey = idempotency && `${idempotency.scope}:${idempotency.key}`
    const repeated = requestKey && (await earlier(requestKey, idempotency.bodyHash))
    if (repeated) return repeated
    const doubt = doubtDay(viewing.watchedOn, now())
    if (doubt) return { ok: false, code: 'invalid-input', path: 'watchedOn', message: doubt }
    if (!(await films.find([movieId])).has(movieId))
      return { ok: false, code: 'invalid-input', path: 'movieId', message: 'is no film we know' }
    // Asked for here, so that it is known in the transaction below.
    if (!(await people.find([userId])).has(userId)) return { ok: false, code: 'unauthenticated' }
    // The rating first: sent again after a failure in between, both come to the same.
    const id = newId()
    if (stars !== null) await rateByViewing(db, rate, { ...viewing, id, stars })
    const half = stars === null ? null : stars * 2
    const request = { requestKey, requestBody: idempotency?.bodyHash }
    const outcome = await db.transaction(async (tx) => {
      if (!(await holdPerson(tx, userId))) return 'erased'
      const [entry] = await insertEntries(tx, [{ id, userId, movieId, half, ...fields, ...request }])
      return entry ?? 'repeated'
    })
    if (outcome === 'erased') return { ok: false, code: 'unauthenticated' }
    if (outcome === 'repeated') return write(viewing)
    await forgetPages({ people: [userId] })
    return { ok: true, entry: outcome }
  }

  async function earlier(key: string, bodyHash: string): Promise<Written | undefined> {
    const entry = await findRequested(db, key)
    if (!entry) return undefined
    if (!entry.expired)
      return entry.requestBody === bodyHash
        ? { ok: true, entry }
        : { ok: false, code: 'idempotency-key-reused' }
    await forgetRequest(db, entry.id)
    return undefined
  }
}
