import { cut, plain, readInstant, readStars, readYear } from './cells.ts'
import type { Fact, Reading } from './fact.ts'

export type ImdbFile = 'ratings' | 'watchlist'

/** Which of IMDb's exports a CSV is, by its columns. */
export function imdbFile(header: readonly string[]): ImdbFile | undefined {
  if (!header.includes('const')) return undefined
  // Lists carry one's own ratings as well, and a position.
  return header.includes('your rating') && !header.includes('position') ? 'ratings' : 'watchlist'
}

/** What one row of such a file tells; IMDb counts to ten. */
export function readImdb(file: ImdbFile, cells: Record<string, string>): Reading {
  const imdb = cells.const ?? ''
  if (!/^tt\d{5,12}$/.test(imdb)) return { ok: false, reason: 'no-film', detail: imdb }
  const type = (cells['title type'] ?? '').toLowerCase()
  if (/series|episode|game|podcast|music ?video/.test(type))
    return { ok: false, reason: 'not-a-film', detail: `${cells.title ?? imdb} (${cells['title type']})` }
  const title = cut(plain(cells.title ?? ''), 500)
  const film = { title: title === '' ? imdb : title, year: readYear(cells.year ?? ''), imdb }
  if (file === 'watchlist') {
    const at = readInstant(cells.created ?? '')
    if (!at) return { ok: false, reason: 'bad-date', detail: cells.created ?? '' }
    return { ok: true, film, facts: [{ kind: 'watchlist', at }, ...ownRating(cells)] }
  }
  const stars = readStars(cells['your rating'] ?? '', 10)
  if (stars === undefined) return { ok: false, reason: 'bad-stars', detail: cells['your rating'] ?? '' }
  const at = readInstant(cells['date rated'] ?? '')
  if (!at) return { ok: false, reason: 'bad-date', detail: cells['date rated'] ?? '' }
  return { ok: true, film, facts: [{ kind: 'rating', stars, at }] }
}

function ownRating(cells: Record<string, string>): Fact[] {
  const stars = readStars(cells['your rating'] ?? '', 10)
  const at = readInstant(cells['date rated'] ?? '')
  return stars !== undefined && at ? [{ kind: 'rating', stars, at }] : []
}
