import type { MovieDraft } from '@marquee/contracts/movies'
import type { Database } from '@marquee/kit/sql'
import type { createChangeMovies } from '../change-movies.ts'
import { movieStore } from '../movie-store.ts'
import type { AskOmdb } from './ask-omdb.ts'
import { readOmdbAnswer } from './omdb-answer.ts'
import type { OmdbAnswer } from './omdb-client.ts'
import type { OmdbStore } from './omdb-store.ts'

const atOnce = 20
type Deps = {
  db: Database
  askOmdb: AskOmdb
  store: OmdbStore
  changes: ReturnType<typeof createChangeMovies>
  dailyQuota: number
}

/**
 * Asks again about films whose answer is a month old and takes over what OMDb changed since then, so that what people
 * corrected here stays. Uses at most half of a day's requests: the rest is for admins.
 */
export function createRefreshFromOmdb({ db, askOmdb, store, changes, dailyQuota }: Deps) {
  return async (): Promise<void> => {
    if (!askOmdb.configured()) return
    for (const imdbId of await store.claimOld(atOnce)) {
      if ((await store.spentToday()) >= Math.floor(dailyQuota / 2)) return
      const asked = await askOmdb.again(imdbId, (fresh) => takeOver(imdbId, fresh))
      if (!asked.ok) return
    }
  }

  async function takeOver(imdbId: string, { found, answer }: OmdbAnswer): Promise<void> {
    const before = readOmdbAnswer((await store.kept(imdbId))?.answer)
    const after = readOmdbAnswer(answer)
    if (!found || !before || !after) return
    const changed = differences(before.film, after.film)
    const movieId = Object.keys(changed).length > 0 ? await movieStore.idOfImdb(db, imdbId) : undefined
    if (movieId) await changes.update(movieId, changed)
  }
}

/** Fields that tell something else than before; what OMDb no longer tells is kept. */
function differences(before: MovieDraft, after: MovieDraft): Partial<MovieDraft> {
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => {
      const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
      return !empty && JSON.stringify(value) !== JSON.stringify(before[name as keyof MovieDraft])
    }),
  )
}
