import type { Database } from '@marquee/kit/sql'
import type { ForgetPages } from '../forget-pages.ts'
import type { Rate } from '../ratings/rate.ts'
import { type DiaryRow, deleteEntry, lockEntry, updateEntry } from './diary-store.ts'
import { findEntry } from './diary-view.ts'
import { rateByViewing } from './rate-by-viewing.ts'
import { doubtDay } from './viewing-day.ts'
import type { Viewing } from './write-viewing.ts'

type Deps = { db: Database; rate: Rate; forgetPages: ForgetPages; now: () => Temporal.Instant }
type Fields = 'watchedOn' | 'stars' | 'liked' | 'rewatch' | 'tags' | 'note' | 'visibility'
export type Changes = { [Name in Fields]?: Viewing[Name] | undefined }
export type Changed =
  | { ok: true; entry: DiaryRow }
  | { ok: false; code: 'not-found' | 'version-mismatch' }
  | { ok: false; code: 'invalid-input'; path: 'watchedOn'; message: string }

/** Changes a viewing. Stars that it did not have are the person's rating as well, where `ratesFilm` says so. */
export function createChangeViewing({ db, rate, forgetPages, now }: Deps) {
  return async (id: string, changes: Changes, ifEdition?: number): Promise<Changed> => {
    const doubt = doubtDay(changes.watchedOn ?? null, now())
    if (doubt) return { ok: false, code: 'invalid-input', path: 'watchedOn', message: doubt }
    // The rating first: sent again after a failure in between, both come to the same.
    await rateAnew(await findEntry(db, id), changes, ifEdition)
    const changed = await db.transaction(async (tx): Promise<Changed> => {
      const entry = await lockEntry(tx, id)
      if (!entry) return { ok: false, code: 'not-found' }
      if (ifEdition !== undefined && ifEdition !== entry.edition)
        return { ok: false, code: 'version-mismatch' }
      return { ok: true, entry: await updateEntry(tx, merged(entry, changes)) }
    })
    if (!changed.ok) return changed
    const { userId, movieId } = changed.entry
    await forgetPages({ movies: [movieId], people: [userId] })
    return changed
  }

  async function rateAnew(entry: DiaryRow | undefined, changes: Changes, ifEdition?: number): Promise<void> {
    if (!entry || (ifEdition !== undefined && ifEdition !== entry.edition)) return
    const after = merged(entry, changes)
    const { half } = after
    if (half !== null && half !== entry.half) await rateByViewing(db, rate, { ...after, stars: half / 2 })
  }
}

function merged(entry: DiaryRow, changes: Changes): DiaryRow {
  const half = changes.stars ? changes.stars * 2 : null
  return {
    ...entry,
    watchedOn: changes.watchedOn === undefined ? entry.watchedOn : changes.watchedOn,
    half: changes.stars === undefined ? entry.half : half,
    liked: changes.liked ?? entry.liked,
    rewatch: changes.rewatch ?? entry.rewatch,
    tags: changes.tags ?? entry.tags,
    note: changes.note ?? entry.note,
    visibility: changes.visibility ?? entry.visibility,
  }
}

/** Removes a viewing. A review about it stays, but no review says any more that the film was seen there. */
export function createRemoveViewing({ db, forgetPages }: Pick<Deps, 'db' | 'forgetPages'>) {
  return async (id: string): Promise<boolean> => {
    const gone = await db.transaction((tx) => deleteEntry(tx, id))
    if (gone) await forgetPages({ movies: [gone.movieId], people: [gone.userId] })
    return gone !== undefined
  }
}
