import { cut, isYes, plain, readDay, readInstant, readStars, readTags, readYear } from './cells.ts'
import type { Fact, Reading } from './fact.ts'

type Cells = Record<string, string>

/** The files of a Letterboxd export that tell something we keep, by the columns that only they have. */
export type LetterboxdFile = 'ratings' | 'diary' | 'reviews' | 'watchlist' | 'watched' | 'likes'

/** Which file a name in the archive is; what was deleted there, and lists, are left. */
export function fileByName(path: string): LetterboxdFile | undefined {
  const name = path.replace(/^[^/]*\/(?=(likes\/)?[^/]+$)/, '').toLowerCase()
  if (/(^|\/)(deleted|orphaned|lists)\//.test(path.toLowerCase())) return undefined
  if (/(^|\/)likes\/films\.csv$/.test(path.toLowerCase())) return 'likes'
  if (isAside(path)) return undefined
  const [, file] = /^(ratings|diary|reviews|watchlist|watched)\.csv$/.exec(name) ?? []
  return file as LetterboxdFile | undefined
}

/** What was deleted, lists, and what somebody likes: that was written by others. */
export const isAside = (path: string) => /(^|\/)(deleted|orphaned|lists|likes)\//i.test(path)

/** Which file a lone CSV is, by its columns: a watchlist looks like what was watched or liked, so its name decides. */
export function fileByHeader(header: readonly string[], fileName: string): LetterboxdFile | undefined {
  if (!header.includes('name') || !(header.includes('letterboxd uri') || header.includes('date')))
    return undefined
  if (header.includes('review')) return 'reviews'
  if (header.includes('watched date')) return 'diary'
  if (header.includes('rating')) return 'ratings'
  if (/^films\b/i.test(fileName)) return 'likes'
  return /watched/i.test(fileName) ? 'watched' : 'watchlist'
}

/** What one row of such a file tells. */
export function readLetterboxd(file: LetterboxdFile, cells: Cells): Reading {
  const film = { title: cut(plain(cells.name ?? ''), 500), year: readYear(cells.year ?? '') }
  if (film.title === '') return { ok: false, reason: 'no-film', detail: '' }
  const at = readInstant(cells.date ?? '')
  if (file === 'likes') return { ok: true, film, facts: [viewing(cells, { liked: true })] }
  if (!at) return { ok: false, reason: 'bad-date', detail: cells.date ?? '' }
  if (file === 'watchlist') return { ok: true, film, facts: [{ kind: 'watchlist', at }] }
  if (file === 'watched') return { ok: true, film, facts: [viewing(cells)] }

  const given = cells.rating ?? ''
  const stars = readStars(given, 5)
  if (given !== '' && stars === undefined) return { ok: false, reason: 'bad-stars', detail: given }
  if (file === 'ratings') {
    if (stars === undefined) return { ok: false, reason: 'bad-stars', detail: '' }
    return { ok: true, film, facts: [{ kind: 'rating', stars, at }] }
  }
  const watched = cells['watched date'] ?? ''
  const watchedOn = watched === '' ? null : readDay(watched)
  if (watchedOn === undefined) return { ok: false, reason: 'bad-date', detail: watched }
  const seen = viewing(cells, { watchedOn, stars: stars ?? null })
  if (file === 'diary') return { ok: true, film, facts: [seen] }
  const body = asText(cells.review ?? '')
  if (body === '') return { ok: false, reason: 'no-text', detail: '' }
  const review: Fact = {
    kind: 'review',
    viewing: watchedOn === null ? null : seen.key,
    title: null,
    body: cut(body, 10_000),
    spoiler: false,
    ...(watchedOn === null ? { at } : {}),
  }
  if (watchedOn !== null) return { ok: true, film, facts: [seen, review] }
  // Without a day there is no viewing to carry the stars.
  const rating: Fact[] = stars === undefined ? [] : [{ kind: 'rating', stars, at }]
  return { ok: true, film, facts: [...rating, review] }
}

type Viewing = Extract<Fact, { kind: 'viewing' }>

function viewing(cells: Cells, more: Partial<Pick<Viewing, 'watchedOn' | 'stars' | 'liked'>> = {}): Viewing {
  return {
    kind: 'viewing',
    key: more.watchedOn ?? 'undated',
    watchedOn: more.watchedOn ?? null,
    stars: more.stars ?? null,
    liked: more.liked ?? false,
    rewatch: isYes(cells.rewatch ?? ''),
    tags: readTags(cells.tags ?? ''),
    note: '',
    visibility: 'public',
  }
}

const marks: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }

/** Reviews there may carry a little HTML; here they are plain text. */
export function asText(html: string): string {
  const text = html
    .replaceAll(/<br\s*\/?>|<\/p>/gi, '\n')
    .replaceAll(/<\/?(p|i|b|em|strong|blockquote|a)(\s[^<>]*)?>/gi, '')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => marks[name] ?? whole)
  return plain(text).replaceAll(/\n{3,}/g, '\n\n')
}
