import { MovieDraft } from '@marquee/contracts/movies'
import { z } from 'zod'
import { readTitle } from './movielens-title.ts'

/** A line of one of the files, by column, or why it is none. */
export type Row = { line: number; fields: Record<string, string> }
export type Skipped = { file: string; line: number; reason: string }
export type FilmRow = { movieId: string; draft: MovieDraft }
export type RatingRow = { userId: string; movieId: string; stars: number; seconds: number }
type Files = { movies: AsyncIterable<Row>; links: AsyncIterable<Row>; ratings: AsyncIterable<Row> }

const id = z.string().regex(/^\d{1,10}$/, 'is no number')
const Film = z.object({ movieId: id, title: z.string().min(1), genres: z.string().default('') })
const Link = z.object({ movieId: id, imdbId: z.string().optional(), tmdbId: z.string().optional() })
const Rating = z.object({
  userId: id,
  movieId: id,
  rating: z.coerce.number().min(0.5).max(5).multipleOf(0.5, 'must be half or whole stars'),
  timestamp: z.coerce.number().int().min(0).max(4e9),
})

/** One name for what the sources call by two. */
const genreNames: Record<string, string> = {
  Children: 'Family',
  'Film-Noir': 'Noir',
  'Sci-Fi': 'Science Fiction',
}
/** What MovieLens lists among genres and is none. */
const noGenres = new Set(['(no genres listed)', 'IMAX', ''])

/** Reads the three files; what cannot be read is left out and named. */
export async function readRows(files: Files) {
  const skipped: Skipped[] = []
  const links = new Map<string, MovieDraft['externalIds']>()
  for await (const row of files.links) {
    const link = read('links.csv', row, Link)
    if (link) links.set(link.movieId, idsOf(link))
  }
  const films: FilmRow[] = []
  const known = new Set<string>()
  for await (const row of files.movies) {
    const film = read('movies.csv', row, Film)
    if (!film) continue
    const genres = film.genres.split('|').filter((genre) => !noGenres.has(genre))
    const draft = read('movies.csv', { line: row.line, fields: {} }, MovieDraft, {
      ...readTitle(film.title),
      genres: genres.map((genre) => genreNames[genre] ?? genre),
      externalIds: links.get(film.movieId) ?? {},
    })
    if (draft) films.push({ movieId: film.movieId, draft })
    if (draft) known.add(film.movieId)
  }
  const ratings: RatingRow[] = []
  for await (const row of files.ratings) {
    const rating = read('ratings.csv', row, Rating)
    if (!rating) continue
    const { userId, movieId, rating: stars, timestamp: seconds } = rating
    if (known.has(movieId)) ratings.push({ userId, movieId, stars, seconds })
    else skipped.push({ file: 'ratings.csv', line: row.line, reason: `there is no film ${movieId}` })
  }
  return { films, ratings, skipped }

  function read<Schema extends z.ZodType>(
    file: string,
    { line, fields }: Row,
    schema: Schema,
    value: unknown = fields,
  ): z.output<Schema> | undefined {
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    skipped.push({
      file,
      line,
      reason: issue ? `${issue.path.join('.')}: ${issue.message}` : 'cannot be read',
    })
    return undefined
  }
}

/** MovieLens leaves the `tt` out. */
function idsOf({ imdbId, tmdbId }: z.output<typeof Link>): MovieDraft['externalIds'] {
  return {
    ...(imdbId && /^\d{1,9}$/.test(imdbId) ? { imdb: `tt${imdbId.padStart(7, '0')}` } : {}),
    ...(tmdbId && /^\d{1,9}$/.test(tmdbId) ? { tmdb: tmdbId } : {}),
  }
}
