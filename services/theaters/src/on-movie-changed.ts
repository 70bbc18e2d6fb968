import type { movieChanged } from '@marquee/contracts/movies'
import type { Transaction } from '@marquee/kit/sql'
import type { z } from 'zod'
import type { Announce } from './announce.ts'
import { movieStore } from './movie-store.ts'
import { showStore } from './show-store.ts'

/** Keeps our copy of a film; a new title reaches the shows already on sale. */
export function createOnMovieChanged(announce: Announce) {
  return async (movie: z.infer<(typeof movieChanged)['schema']>, tx: Transaction): Promise<void> => {
    const { retitled } = await movieStore.keep(tx, {
      id: movie.movieId,
      version: movie.version,
      title: movie.title,
      runtime_minutes: movie.runtimeMinutes,
      deleted: movie.deleted,
    })
    if (!retitled) return
    const ids = (await showStore.lockUpcoming(tx, { movie: movie.movieId })).map((show) => show.id)
    await showStore.touch(tx, ids)
    await announce.changed(tx, ids)
  }
}
