import type { moviesContract } from '@marquee/contracts/movies'
import type { Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import { type MovieCopy, movieStore } from './movie-store.ts'

type Deps = { db: Database; movies: Client<typeof moviesContract.endpoints> }

/** Titles and runtimes of films: from our copy, else asked for once. Unknown and removed films are missing. */
export function createKnowMovies({ db, movies }: Deps) {
  return async (ids: readonly string[]): Promise<Map<string, MovieCopy>> => {
    const known = await movieStore.find(db, ids)
    const missing = [...new Set(ids)].filter((id) => !known.has(id))
    for (const movieId of missing) {
      const answer = await movies.asService().attempt.getMovie({ movieId })
      if (!answer.ok && answer.code === 'not-found') continue
      if (!answer.ok)
        throw Object.assign(new Error(`movies did not tell about ${movieId}: ${answer.code}`), {
          unavailable: answer.status >= 503,
        })
      const { title, version, runtimeMinutes } = answer.value
      const copy = { id: movieId, version, title, runtime_minutes: runtimeMinutes, deleted: false }
      await movieStore.keep(db, copy)
      known.set(movieId, copy)
    }
    return new Map([...known].filter(([, copy]) => !copy.deleted))
  }
}

export type KnowMovies = ReturnType<typeof createKnowMovies>
