import { cut, plain, readDay, readInstant, readStars, readYear } from './cells.ts'
import type { Fact, Reading } from './fact.ts'

export type ImdbFile = 'ratings' | 'ratings-until-2017' | 'watchlist'

/** Which of IMDb's exports a CSV is, by its columns. */
export function imdbFile(header: readonly string[], fileName: string): ImdbFile | undefined {
  if (!header.includes('const')) return undefined
  // Until 2017 ratings were a list like any other, and each list told one's own ratings.
  if (header.includes('you rated') && !/watchlist/i.test(fileName)) return 'ratings-until-2017'
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
    const at = readImdbInstant(cells.created ?? '')
    if (!at) return { ok: false, reason: 'bad-date', detail: cells.created ?? '' }
    return { ok: true, film, facts: [{ kind: 'watchlist', at }, ...ownRating(cells)] }
  }
  const [given = '', day = ''] =
    file === 'ratings' ? [cells['your rating'], cells['date rated']] : [cells['you rated'], cells.created]
  const stars = readStars(given, 10)
  if (stars === undefined) return { ok: false, reason: 'bad-stars', detail: given }
  const at = readImdbInstant(day)
  if (!at) return { ok: false, reason: 'bad-date', detail: day }
  return { ok: true, film, facts: [{ kind: 'rating', stars, at }] }
}

function ownRating(cells: Record<string, string>): Fact[] {
  const stars = readStars(cells['your rating'] ?? '', 10)
  const at = readInstant(cells['date rated'] ?? '')
  return stars !== undefined && at ? [{ kind: 'rating', stars, at }] : []
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A day as IMDb writes it, or as it did until 2017: `Mon Jul  4 00:00:00 2016`. */
function readImdbInstant(cell: string): string | undefined {
  const [, month = '', day = '', year] = /^\w{3} (\w{3}) +(\d{1,2}) [\d:]{8} (\d{4})$/.exec(cell) ?? []
  if (year === undefined) return readInstant(cell)
  const number = String(months.indexOf(month) + 1).padStart(2, '0')
  const found = readDay(`${year}-${number}-${day.padStart(2, '0')}`)
  return found && `${found}T00:00:00Z`
}
