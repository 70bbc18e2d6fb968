import { z } from 'zod'
import { cut, plain, readInstant, readStars, readYear } from './cells.ts'
import type { FilmHint, Reading } from './fact.ts'

const Item = z.object({
  rated_at: z.string().optional(),
  rating: z.number().optional(),
  listed_at: z.string().optional(),
  watched_at: z.string().optional(),
  last_watched_at: z.string().optional(),
  movie: z.object({
    title: z.string(),
    year: z.int().nullish(),
    ids: z.object({ imdb: z.string().nullish(), tmdb: z.union([z.int(), z.string()]).nullish() }).default({}),
  }),
})

/** One item of Trakt's lists: rated (to ten), watched, or on a watchlist. */
export function readTrakt(given: unknown): Reading {
  const parsed = Item.safeParse(given)
  if (!parsed.success) return { ok: false, reason: 'no-film', detail: '' }
  const { movie, rating, rated_at, listed_at } = parsed.data
  const [imdb, tmdb] = [movie.ids.imdb ?? '', String(movie.ids.tmdb ?? '')]
  const film: FilmHint = {
    title: cut(plain(movie.title), 500),
    year: readYear(String(movie.year ?? '')),
    ...(/^tt\d{5,12}$/.test(imdb) ? { imdb } : {}),
    ...(/^[1-9]\d{0,11}$/.test(tmdb) ? { tmdb } : {}),
  }
  if (film.title === '') return { ok: false, reason: 'no-film', detail: '' }
  if (rating !== undefined) {
    const stars = readStars(String(rating), 10)
    const at = readInstant(rated_at ?? '')
    if (stars === undefined) return { ok: false, reason: 'bad-stars', detail: String(rating) }
    if (!at) return { ok: false, reason: 'bad-date', detail: rated_at ?? '' }
    return { ok: true, film, facts: [{ kind: 'rating', stars, at }] }
  }
  const watched = parsed.data.watched_at ?? parsed.data.last_watched_at
  const at = readInstant(watched ?? listed_at ?? '')
  if (!at) return { ok: false, reason: 'bad-date', detail: watched ?? listed_at ?? '' }
  if (watched === undefined) return { ok: true, film, facts: [{ kind: 'watchlist', at }] }
  const watchedOn = at.slice(0, 10)
  return {
    ok: true,
    film,
    facts: [
      {
        kind: 'viewing',
        key: watchedOn,
        watchedOn,
        stars: null,
        liked: false,
        rewatch: false,
        tags: [],
        note: '',
        visibility: 'public',
      },
    ],
  }
}
