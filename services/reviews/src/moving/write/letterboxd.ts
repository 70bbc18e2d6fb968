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
  const stars = new Map(ratings.map((row) => [nameOf(row), row.fact.stars]))
  const viewings = of(rows, 'viewing')
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
      rows: of(rows, 'review').map((row) => reviewLine(row, stars.get(nameOf(row)) ?? null, viewings)),
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

function reviewLine(row: Of<'review'>, stars: number | null, viewings: readonly Of<'viewing'>[]): Cell[] {
  const { viewing, title, body } = row.fact
  const seen = viewings.find((one) => nameOf(one) === nameOf(row) && one.fact.watchedOn === viewing)
  return [
    ...line(row),
    stars,
    seen?.fact.rewatch ? 'Yes' : '',
    title ? `${title}\n\n${body}` : body,
    seen?.fact.tags.join(', ') ?? '',
    viewing,
  ]
}

const line = ({ on, film: { title, year } }: Belonging): Cell[] => [on, title, year, null]
const nameOf = ({ film: { title, year } }: Belonging) => `${title}|${year}`

function eachFilm(rows: readonly Belonging[]): Belonging[] {
  return [...new Map(rows.map((row) => [nameOf(row), row])).values()]
}

function of<Kind extends Fact['kind']>(rows: readonly Belonging[], kind: Kind): Of<Kind>[] {
  return rows.filter((row): row is Of<Kind> => row.fact.kind === kind)
}
