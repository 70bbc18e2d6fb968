import { doubtDay } from '../../diary/viewing-day.ts'
import { cut, plain } from './cells.ts'
import { decode } from './decode.ts'
import type { Fact, Place, Reading, ReadRow, Skipped, Source, Unreadable } from './fact.ts'
import { gather } from './gather.ts'
import { imdbFile, readImdb } from './imdb.ts'
import { fileByHeader, fileByName, type LetterboxdFile, readLetterboxd } from './letterboxd.ts'
import { MarqueeFile, readMarquee } from './marquee.ts'
import { isZip, openZip } from './open-zip.ts'
import { headerOf, readCsv } from './read-csv.ts'
import { readTrakt } from './trakt.ts'

export type ReadLimits = { rows: number; skippedShown: number; files: number; bytes: number }
/** A file somebody sent, and when they did. */
export type SentFile = { name: string; bytes: Uint8Array; now: Temporal.Instant }
export type ReadImport =
  | { ok: true; source: Source; rows: ReadRow[]; skipped: Skipped[]; skippedRows: number }
  | Unreadable

type Book = { rows: ReadRow[]; skipped: Skipped[]; skippedRows: number }

// What a review says of its viewing counts less than the diary.
const letterboxdOrder: LetterboxdFile[] = ['ratings', 'diary', 'reviews', 'watched', 'likes', 'watchlist']
const unknown: Unreadable = {
  ok: false,
  reason: 'unknown-format',
  detail:
    'Expected the zip or a CSV that Letterboxd exports, a CSV of ratings or a watchlist by IMDb, or JSON by Trakt or Marquee.',
}

/** Everything a file of somewhere else tells; a row that cannot be read is left out, with its reason. */
export async function readImport({ name, bytes, now }: SentFile, limits: ReadLimits): Promise<ReadImport> {
  if (bytes.length === 0) return { ok: false, reason: 'empty', detail: 'The file is empty.' }
  const book: Book = { rows: [], skipped: [], skippedRows: 0 }
  const source = isZip(bytes)
    ? await readArchive(bytes, { book, limits, now })
    : await readText(shownName(name), bytes, { book, limits, now })
  if (typeof source !== 'string') return source
  // What we wrote ourselves tells each thing once already, and two viewings of a day are two.
  const rows = source === 'marquee' ? book.rows : gather(book.rows)
  return { ok: true, source, rows, skipped: book.skipped, skippedRows: book.skippedRows }
}

const shownName = (name: string) => cut(plain(name), 200)

type Into = { book: Book; limits: ReadLimits; now: Temporal.Instant }

async function readArchive(bytes: Uint8Array, into: Into): Promise<Source | Unreadable> {
  const wanted = (name: string) => fileByName(name) !== undefined || /\.json$/i.test(name)
  const opened = await openZip(bytes, wanted, into.limits)
  if (!opened.ok) return opened
  const csvs = [...opened.files].flatMap(([name, content]) => {
    const file = fileByName(name)
    return file ? [{ name, file, content }] : []
  })
  csvs.sort((one, other) => letterboxdOrder.indexOf(one.file) - letterboxdOrder.indexOf(other.file))
  for (const { name, file, content } of csvs) {
    const text = decode(content)
    if (!text.ok) {
      if (csvs.length === 1) return text
      note({ ok: false, reason: 'bad-text', detail: text.detail }, { file: shownName(name), line: 1 }, into)
      continue
    }
    await readRows(shownName(name), text.text, { ...into, read: (cells) => readLetterboxd(file, cells) })
  }
  if (csvs.length > 0) return 'letterboxd'
  let told: Source | Unreadable | undefined
  for (const [name, content] of opened.files) {
    const text = decode(content)
    const source = text.ok ? readJson(shownName(name), text.text, into) : text
    // Beside its lists an export holds a profile and settings, which tell us nothing.
    if (typeof told !== 'string') told = source
  }
  return told ?? unknown
}

async function readText(fileName: string, bytes: Uint8Array, into: Into): Promise<Source | Unreadable> {
  const decoded = decode(bytes)
  if (!decoded.ok) return decoded
  const { text } = decoded
  if (/^\uFEFF?\s*[{[]/.test(text)) return readJson(fileName, text, into)
  const header = headerOf(text)
  const imdb = imdbFile(header)
  if (imdb) {
    await readRows(fileName, text, { ...into, read: (cells) => readImdb(imdb, cells) })
    return 'imdb'
  }
  const letterboxd = fileByHeader(header, fileName)
  if (!letterboxd) return unknown
  await readRows(fileName, text, { ...into, read: (cells) => readLetterboxd(letterboxd, cells) })
  return 'letterboxd'
}

async function readRows(
  file: string,
  text: string,
  into: Into & { read: (cells: Record<string, string>) => Reading },
): Promise<void> {
  for await (const row of readCsv(text)) {
    const at = { file, line: row.line }
    note(row.ok ? into.read(row.cells) : { ok: false, reason: 'bad-row', detail: row.detail }, at, into)
  }
}

function readJson(file: string, text: string, into: Into): Source | Unreadable {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return { ok: false, reason: 'not-text', detail: 'The file looks like JSON and is none.' }
  }
  const ours = MarqueeFile.safeParse(json)
  if (ours.success) {
    for (const [index, row] of ours.data.rows.entries()) {
      const read = readMarquee(row)
      const reading = read
        ? { ok: true as const, film: read.film, facts: [read.fact] }
        : { ok: false as const, reason: 'bad-row' as const, detail: '' }
      note(reading, { file, line: index + 1 }, into)
    }
    return 'marquee'
  }
  if (!Array.isArray(json)) return unknown
  for (const [index, item] of json.entries()) note(readTrakt(item), { file, line: index + 1 }, into)
  return 'trakt'
}

function note(told: Reading, at: Place, { book, limits, now }: Into): void {
  const doubtful = told.ok ? told.facts.flatMap(daysOf).find((day) => doubtDay(day, now)) : undefined
  const reading: Reading = doubtful ? { ok: false, reason: 'bad-date', detail: doubtful } : told
  const full = book.rows.length >= limits.rows
  if (reading.ok && !full) {
    for (const fact of reading.facts) book.rows.push({ ...at, film: reading.film, fact })
    return
  }
  book.skippedRows += 1
  if (book.skipped.length >= limits.skippedShown) return
  const { reason, detail } = reading.ok
    ? { reason: 'too-many-rows' as const, detail: `Only the first ${limits.rows} are taken.` }
    : reading
  book.skipped.push({ ...at, reason, detail: cut(plain(detail), 200) })
}

function daysOf(fact: Fact): string[] {
  if (fact.kind === 'viewing') return fact.watchedOn === null ? [] : [fact.watchedOn]
  const days = fact.at === undefined ? [] : [fact.at.slice(0, 10)]
  return fact.kind === 'review' && fact.viewing !== null ? [...days, fact.viewing] : days
}
