import { strToU8, zipSync } from 'fflate'
import type { Belonging } from '../belongings-view.ts'
import type { Fact } from '../read/fact.ts'
import { toCsv } from './csv.ts'

type Cell = string | number | null
type Of<Kind extends Fact['kind']> = Belonging & { fact: Extract<Fact, { kind: Kind }> }

const film = ['Date', 'Name', 'Year', 'Letterboxd URI']

/** The archive that Letterboxd's own export would be. */
export function letterboxdZip(rows: readonly Belonging[]): Uint8Array {
  const ratings = of(rows, 'rating')
  const stars = new Map(ratings.map(({ movieId, fact }) => [movieId, fact.stars]))
  const viewings = of(rows, 'viewing')
  // Of two evenings of one day the first counts.
  const seen = new Map(
    viewings.toReversed().map(({ movieId, fact }) => [eveningOf(movieId, fact.watchedOn), fact]),
  )
  const files = {
    'ratings.csv': toCsv({
      columns: [...film, 'Rating'],
      rows: ratings.map((row) => [...line(row), row.fact.stars]),
    }),
    'diary.csv': toCsv({
      columns: [...film, 'Rating', 'Rewatch', 'Tags', 'Watched Date'],
      rows: viewings
        .filter(({ fact }) => fact.watchedOn !== null)
        .map((row) => [
          ...line(row),
          row.fact.stars,
          row.fact.rewatch ? 'Yes' : '',
          row.fact.tags.join(', '),
          row.fact.watchedOn,
        ]),
    }),
    'reviews.csv': toCsv({
      columns: [...film, 'Rating', 'Rewatch', 'Review', 'Tags', 'Watched Date'],
      rows: of(rows, 'review').map((row) => reviewLine(row, stars, seen)),
    }),
    'watched.csv': toCsv({ columns: film, rows: eachFilm([...ratings, ...viewings]).map(line) }),
    'likes/films.csv': toCsv({
      columns: film,
      rows: eachFilm(viewings.filter(({ fact }) => fact.liked)).map(line),
    }),
    'watchlist.csv': toCsv({ columns: film, rows: of(rows, 'watchlist').map(line) }),
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, csv]) => [name, strToU8(csv)])))
}

function reviewLine(
  row: Of<'review'>,
  stars: ReadonlyMap<string, number>,
  viewings: ReadonlyMap<string, Of<'viewing'>['fact']>,
): Cell[] {
  const { viewing, title, body } = row.fact
  const seen = viewings.get(eveningOf(row.movieId, viewing))
  return [
    ...line(row),
    stars.get(row.movieId) ?? null,
    seen?.rewatch ? 'Yes' : '',
    title ? `${title}\n\n${body}` : body,
    seen?.tags.join(', ') ?? '',
    viewing,
  ]
}

const line = ({ on, film: { title, year } }: Belonging): Cell[] => [on, title, year, null]
const eveningOf = (movieId: string, day: string | null) => `${movieId} ${day}`

function eachFilm(rows: readonly Belonging[]): Belonging[] {
  return [...new Map(rows.map((row) => [row.movieId, row])).values()]
}

function of<Kind extends Fact['kind']>(rows: readonly Belonging[], kind: Kind): Of<Kind>[] {
  return rows.filter((row): row is Of<Kind> => row.fact.kind === kind)
}
