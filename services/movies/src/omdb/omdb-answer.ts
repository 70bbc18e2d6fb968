import { type ExternalIds, MovieDraft } from '@marquee/contracts/movies'
import { z } from 'zod'

/** The fields that are read of an answer; whatever else or otherwise it holds is left. */
const Answer = z.looseObject({
  Response: z.literal('True'),
  Title: z.string(),
  imdbID: z.string(),
  Type: z.string().optional().catch(undefined),
})

/** One name for what OMDb calls otherwise. */
const genreNames: Record<string, string> = {
  'Sci-Fi': 'Science Fiction',
  'Film-Noir': 'Noir',
  Sport: 'Sports',
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export type OmdbFacts = { kind: string; film: MovieDraft; popularity: number }

/**
 * The facts in an answer; undefined for one that tells of no film. A value that makes no sense is left out. The plot
 * is not taken: its sentences are OMDb's.
 */
export function readOmdbAnswer(answer: unknown): OmdbFacts | undefined {
  const parsed = Answer.safeParse(answer)
  if (!parsed.success) return undefined
  const told = parsed.data
  const { shape } = MovieDraft
  const text = (name: string) => sayingOf(told[name])
  const title = fit(shape.title, told.Title)
  if (title === undefined || sayingOf(title) === undefined) return undefined
  const externalIds: z.infer<typeof ExternalIds> = { imdb: told.imdbID }
  return {
    kind: told.Type ?? 'movie',
    film: {
      title,
      originalTitle: null,
      year: fit(shape.year, wholeNumber(/^\d{4}/.exec(text('Year') ?? '')?.[0])) ?? null,
      releaseDate: fit(shape.releaseDate, readDate(text('Released'))) ?? null,
      runtimeMinutes: fit(shape.runtimeMinutes, readRuntime(text('Runtime'))) ?? null,
      genres: list(shape.genres, text('Genre')).map((genre) => genreNames[genre] ?? genre),
      certificate: fit(shape.certificate, certificateOf(text('Rated'))) ?? null,
      overview: '',
      cast: list(shape.cast, text('Actors')),
      directors: list(shape.directors, text('Director')),
      languages: list(shape.languages, text('Language')),
      countries: list(shape.countries, text('Country')),
      externalIds,
    },
    popularity: popularityOf(wholeNumber(text('imdbVotes')) ?? 0),
  }
}

function sayingOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const trimmed = value.trim()
  return trimmed === '' || trimmed === 'N/A' ? undefined : trimmed
}

function fit<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | undefined {
  const parsed = schema.safeParse(value)
  return value === undefined || !parsed.success ? undefined : parsed.data
}

/** `2,500,000` → 2500000. */
function wholeNumber(value: string | undefined): number | undefined {
  const digits = value?.replaceAll(',', '')
  return digits !== undefined && /^\d{1,15}$/.test(digits) ? Number(digits) : undefined
}

/** `16 Jul 2010` → `2010-07-16`. */
function readDate(value: string | undefined): string | undefined {
  const [, day = '', name = '', year = ''] = /^(\d{1,2}) (\w{3}) (\d{4})$/.exec(value ?? '') ?? []
  const month = months.indexOf(name) + 1
  return month > 0 ? `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}` : undefined
}

/** `148 min`, `2 h 28 min` or `1,440 min`. */
function readRuntime(value: string | undefined): number | undefined {
  const [, hours, minutes] = /^(?:([\d]+) h)? ?(?:([\d,]+) min)?$/.exec(value ?? '') ?? []
  if (hours === undefined && minutes === undefined) return undefined
  return (wholeNumber(hours) ?? 0) * 60 + (wholeNumber(minutes) ?? 0)
}

const certificateOf = (value: string | undefined) =>
  value === undefined || /^(not rated|unrated)$/i.test(value) ? undefined : value

/** `Drama, Crime`: what fits of it, each once. `Ann Lee (screenplay)` is Ann Lee. */
function list(schema: MovieDraftList, value: string | undefined): string[] {
  const items = (value ?? '').split(',').map((item) => item.replace(/\s*\([^)]*\)\s*$/, '').trim())
  const fitting = new Set(items.filter((item) => item !== 'N/A' && schema.safeParse([item]).success))
  const some = [...fitting].slice(0, 30)
  return fit(schema, some) ?? some.slice(0, 20)
}
type MovieDraftList = (typeof MovieDraft)['shape'][
  | 'genres'
  | 'cast'
  | 'directors'
  | 'languages'
  | 'countries']

/** On the catalogue's scale of 0 to 100: ten for each power of ten of votes. */
const popularityOf = (votes: number) => Math.min(100, Math.round(Math.log10(votes + 1) * 100) / 10)
