import { z } from 'zod'
import { cut, isStars, plain, readDay, readInstant, readYear, tidyTags } from './cells.ts'
import { Fact, FilmHint, type Reading } from './fact.ts'

/** What `community.json` holds: the same facts that an import reads. */
export const MarqueeFile = z.object({
  format: z.literal('marquee-community'),
  // Each is judged when it is its turn.
  rows: z.custom<unknown[]>(Array.isArray),
})
export const MarqueeRow = z.object({ film: FilmHint, fact: Fact })
export type MarqueeRow = z.infer<typeof MarqueeRow>

/** What one row of our own export tells, unless somebody changed it beyond reading. */
export function readMarquee(given: unknown): Reading {
  const { data } = MarqueeRow.safeParse(given)
  const film = data && tidyFilm(data.film)
  const fact = data && tidyFact(data.fact)
  return film && fact ? { ok: true, film, facts: [fact] } : { ok: false, reason: 'bad-row', detail: '' }
}

// Anybody may write such a file: what goes on from here is within what our own fields take.
function tidyFilm({ title: given, year, imdb, tmdb }: FilmHint): FilmHint | undefined {
  const title = cut(plain(given), 500)
  if (title === '') return undefined
  return {
    title,
    year: readYear(String(year ?? '')),
    ...(isId(imdb) ? { imdb } : {}),
    ...(isId(tmdb) ? { tmdb } : {}),
  }
}

const isId = (id: string | undefined) => id !== undefined && /^[\x21-\x7e]{1,200}$/.test(id)

function tidyFact(fact: Fact): Fact | undefined {
  switch (fact.kind) {
    case 'rating': {
      const at = readInstant(fact.at)
      return at && isStars(fact.stars) ? { ...fact, at } : undefined
    }
    case 'viewing': {
      const watchedOn = fact.watchedOn === null ? null : readDay(fact.watchedOn)
      if (watchedOn === undefined || (fact.stars !== null && !isStars(fact.stars))) return undefined
      const [tags, note] = [tidyTags(fact.tags), cut(plain(fact.note), 2000)]
      return { ...fact, key: watchedOn ?? 'undated', watchedOn, tags, note }
    }
    case 'review': {
      const viewing = fact.viewing === null ? null : readDay(fact.viewing)
      const at = fact.at === undefined ? undefined : readInstant(fact.at)
      const [title, body] = [cut(plain(fact.title ?? ''), 120), cut(plain(fact.body), 10_000)]
      if (viewing === undefined || body === '' || (fact.at !== undefined && !at)) return undefined
      return { ...fact, viewing, title: title || null, body, ...(at ? { at } : {}) }
    }
    case 'watchlist': {
      const at = readInstant(fact.at)
      return at ? { ...fact, at } : undefined
    }
    default:
      return fact satisfies never
  }
}
