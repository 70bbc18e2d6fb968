import type { moviesContract } from '@marquee/contracts/movies'
import { MovieDraft } from '@marquee/contracts/movies'
import type { Client } from '@marquee/kit/contract'
import { z } from 'zod'

const Line = z.object({
  title: z.string(),
  year: z.int(),
  cast: z.array(z.string()).default([]),
  genres: z.array(z.string()).default([]),
  href: z.string().nullish(),
  extract: z.string().nullish(),
})
/** One name for what the source calls by two. */
const genreNames: Record<string, string> = { Animated: 'Animation', Historical: 'History', Sport: 'Sports' }

type Skipped = { line: number; title: string; reason: string }
export type ImportReport = {
  read: number
  added: number
  changed: number
  unchanged: number
  skipped: Skipped[]
}
type Options = {
  movies: Client<typeof moviesContract.endpoints>
  /** Films sent at once; at most 2,000. */
  batchSize?: number
  onProgress?: (report: Readonly<ImportReport>) => void
}

/**
 * Imports films from JSON lines `{ title, year, cast, genres, href, extract }`, batch by batch. A film is known
 * again by its article (`href`), else by title and year; the same file twice changes nothing.
 */
export async function importMovieLines(
  lines: AsyncIterable<string> | Iterable<string>,
  { movies, batchSize = 1000, onProgress }: Options,
): Promise<ImportReport> {
  const report: ImportReport = { read: 0, added: 0, changed: 0, unchanged: 0, skipped: [] }
  const seen = createSeen()
  let batch: z.input<typeof MovieDraft>[] = []
  for await (const line of lines) {
    if (line.trim() === '') continue
    report.read += 1
    const film = readLine(line, report.read)
    const reason = 'reason' in film ? film.reason : seen.refuses(film, report.read)
    if (reason) report.skipped.push({ line: report.read, title: film.title, reason })
    if (!('reason' in film) && !reason) batch.push(film)
    if (batch.length >= batchSize) await send()
  }
  await send()
  return report

  async function send() {
    if (batch.length > 0) {
      const { added, changed, unchanged } = await movies.asService().importMovies({ movies: batch })
      report.added += added
      report.changed += changed
      report.unchanged += unchanged
      batch = []
    }
    onProgress?.(report)
  }
}

function readLine(line: string, number: number): MovieDraft | { title: string; reason: string } {
  const parsed = Line.safeParse(parseJson(line))
  const title = parsed.success ? parsed.data.title : `line ${number}`
  if (!parsed.success) return { title, reason: `is no film: ${firstIssue(parsed.error)}` }
  const { year, cast, genres, href, extract } = parsed.data
  const draft = MovieDraft.safeParse({
    title,
    year,
    cast,
    genres: genres.map((genre) => genreNames[genre] ?? genre),
    overview: extract ?? '',
    externalIds: href ? { wikipedia: href } : {},
  })
  return draft.success ? draft.data : { title, reason: firstIssue(draft.error) }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // Reported as a line that is no film.
    return undefined
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue ? `${issue.path.join('.') || 'the line'}: ${issue.message}` : 'cannot be read'
}

/**
 * What one file has told already. Some lines share an article though they are different films: the first keeps
 * the article, later ones are known by title and year. Without this a second run would change films back and forth.
 */
function createSeen() {
  const articles = new Map<string, { line: number; title: string }>()
  const titles = new Map<string, { line: number; article: boolean }>()
  return {
    /** Why the film is left out, or undefined after taking note of it. */
    refuses(film: MovieDraft, line: number): string | undefined {
      const key = `${film.title.toLowerCase()}|${film.year}`
      const article = film.externalIds.wikipedia
      const sharing = article === undefined ? undefined : articles.get(article)
      if (sharing?.title === film.title) return `is the film of line ${sharing.line}: same article and title`
      if (sharing) film.externalIds = {}
      const own = film.externalIds.wikipedia
      const twin = titles.get(key)
      if (twin && !(own && twin.article)) return `is the film of line ${twin.line}: same title and year`
      if (own) articles.set(own, { line, title: film.title })
      titles.set(key, { line, article: own !== undefined })
      return undefined
    },
  }
}
