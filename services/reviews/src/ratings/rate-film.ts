import type { Database } from '@marquee/kit/sql'
import type { FilmCopy } from '../film-copy.ts'
import type { Intake } from './intake.ts'
import type { Rate } from './rate.ts'
import { averageOf, readMine } from './rating-view.ts'

type Deps = { db: Database; intake: Intake; films: Pick<FilmCopy, 'find'> }

/** Records somebody's stars; answers once they are durable, with the film's figures that hold them. */
export function createRate({ db, intake, films }: Deps): Rate {
  return async ({ userId, movieId, stars }) => {
    const record = { userId, movieId, half: (stars ?? 0) * 2 }
    let persisted = await intake.submit(record)
    // Not copied yet, if it exists at all.
    if (persisted.outcome === 'unknown-film' && (await films.find([movieId])).has(movieId))
      persisted = await intake.submit(record)
    if (persisted.outcome === 'unknown-film') return { ok: false, code: 'not-found' }
    const figures = persisted.outcome === 'recorded' ? persisted : await readMine(db, userId, movieId)
    if (!figures) return { ok: false, code: 'not-found' }
    return { ok: true, average: averageOf(figures), count: figures.count }
  }
}
