import { type Book, type BookLimits, type Into as IntoBook, isFull, note, noteRest } from './book.ts'
import { cut, plain } from './cells.ts'
import { decode } from './decode.ts'
import type { Reading, ReadRow, Skipped, Source, Unreadable } from './fact.ts'
import { gather } from './gather.ts'
import { imdbFile, readImdb } from './imdb.ts'
import { fileByHeader, fileByName, isAside, type LetterboxdFile, readLetterboxd } from './letterboxd.ts'
import { MarqueeFile, readMarquee } from './marquee.ts'
import { isZip, openZip, type ZipLimits } from './open-zip.ts'
import { headerOf, linesFrom, readCsv } from './read-csv.ts'
import { readTrakt } from './trakt.ts'
import { takeTurns } from './turns.ts'

export type ReadLimits = BookLimits & ZipLimits
/** A file somebody sent, and when they did. */
export type SentFile = { name: string; bytes: Uint8Array; now: Temporal.Instant }
export type ReadImport =
  | { ok: true; source: Source; rows: ReadRow[]; skipped: Skipped[]; skippedRows: number }
  | Unreadable

// What a review says of its viewing counts less than the diary.
const letterboxdOrder: (LetterboxdFile | undefined)[] = [
  'ratings',
  'diary',
  'reviews',
  'watched',
  'likes',
  'watchlist',
]
const unknown: Unreadable = {
  ok: false,
  reason: 'unknown-format',
  detail:
    'Expected the zip or a CSV that Letterboxd exports, a CSV of ratings or a watchlist by IMDb, or JSON by Trakt or Marquee.',
}

// JSON is read in one go, in which nobody else has their turn.
const mostJson = 20_000_000

/** Everything a file of somewhere else tells; a row that cannot be read is left out, with its reason. */
export async function readImport({ name, bytes, now }: SentFile, limits: ReadLimits): Promise<ReadImport> {
  if (bytes.length === 0) return { ok: false, reason: 'empty', detail: 'The file is empty.' }
  const book: Book = { rows: [], skipped: [], skippedRows: 0 }
  const source = isZip(bytes)
    ? await readArchive(bytes, { book, limits, now })
    : await readText(shownName(name), bytes, { book, limits, now })
  if (typeof source !== 'string') return source
  // What we wrote ourselves tells each thing once already, and two viewings of a day are two.
  const rows = source === 'marquee' ? book.rows : await gather(book.rows)
  return { ok: true, source, rows, skipped: book.skipped, skippedRows: book.skippedRows }
}

const shownName = (name: string) => cut(plain(name), 200)

type Into = IntoBook & { limits: ReadLimits }
type ReadCells = (cells: Record<string, string>) => Reading
type Csv = {
  name: string
  source: 'letterboxd' | 'imdb'
  file?: LetterboxdFile
  text: string
  read: ReadCells
}

async function readArchive(bytes: Uint8Array, into: Into): Promise<Source | Unreadable> {
  const isCsv = (name: string) => /\.csv$/i.test(name) && !isAside(name)
  const wanted = (name: string) => fileByName(name) !== undefined || isCsv(name) || /\.json$/i.test(name)
  const opened = await openZip(bytes, wanted, into.limits)
  if (!opened.ok) return opened
  const csvs: Csv[] = []
  const damaged: { file: string; why: Unreadable }[] = []
  for (const [name, content] of opened.files) {
    if (/\.json$/i.test(name)) continue
    const text = decode(content)
    const csv = text.ok ? csvInArchive(name, text.text) : undefined
    if (csv) csvs.push(csv)
    else if (!text.ok && fileByName(name)) damaged.push({ file: shownName(name), why: text })
  }
  const [only] = damaged
  if (only && damaged.length === 1 && csvs.length === 0) return only.why
  for (const { file } of damaged) note({ ok: false, reason: 'bad-text', detail: '' }, { file, line: 1 }, into)
  csvs.sort((one, other) => letterboxdOrder.indexOf(one.file) - letterboxdOrder.indexOf(other.file))
  for (const { name, text, read } of csvs) await readRows(shownName(name), text, { ...into, read })
  if (csvs.length + damaged.length > 0)
    return csvs.length > 0 && csvs.every(({ source }) => source === 'imdb') ? 'imdb' : 'letterboxd'
  let told: Source | Unreadable | undefined
  for (const [name, content] of opened.files) {
    if (!/\.json$/i.test(name)) continue
    const text = decode(content)
    const source = text.ok ? await readJson(shownName(name), text.text, into) : text
    // Beside its lists an export holds a profile and settings, which tell us nothing.
    if (typeof told !== 'string') told = source
  }
  return told ?? unknown
}

/** What a CSV in an archive is: IMDb's by its columns, Letterboxd's by its name. */
function csvInArchive(name: string, text: string): Csv | undefined {
  const imdb = imdbFile(headerOf(text), name)
  if (imdb) return { name, source: 'imdb', text, read: (cells) => readImdb(imdb, cells) }
  const file = fileByName(name)
  return file && { name, source: 'letterboxd', file, text, read: (cells) => readLetterboxd(file, cells) }
}

async function readText(fileName: string, bytes: Uint8Array, into: Into): Promise<Source | Unreadable> {
  const decoded = decode(bytes)
  if (!decoded.ok) return decoded
  const { text } = decoded
  if (/^\uFEFF?\s*[{[]/.test(text)) return readJson(fileName, text, into)
  const header = headerOf(text)
  const imdb = imdbFile(header, fileName)
  if (imdb) {
    await readRows(fileName, text, { ...into, read: (cells) => readImdb(imdb, cells) })
    return 'imdb'
  }
  const letterboxd = fileByHeader(header, fileName)
  if (!letterboxd) return unknown
  await readRows(fileName, text, { ...into, read: (cells) => readLetterboxd(letterboxd, cells) })
  return 'letterboxd'
}

async function readRows(file: string, text: string, into: Into & { read: ReadCells }): Promise<void> {
  for await (const row of readCsv(text)) {
    const at = { file, line: row.line }
    if (isFull(into)) return noteRest(at, await linesFrom(text, row.start), into)
    note(row.ok ? into.read(row.cells) : row, at, into)
  }
}

async function readJson(file: string, text: string, into: Into): Promise<Source | Unreadable> {
  if (text.length > mostJson)
    return { ok: false, reason: 'too-big', detail: `JSON may have ${mostJson / 1e6} MB at most.` }
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return { ok: false, reason: 'not-text', detail: 'The file looks like JSON and is none.' }
  }
  const ours = MarqueeFile.safeParse(json)
  const items: unknown = ours.success ? ours.data.rows : json
  if (!Array.isArray(items)) return unknown
  const turn = takeTurns(250)
  for (const [index, item] of items.entries()) {
    const at = { file, line: index + 1 }
    if (isFull(into)) {
      noteRest(at, items.length - index, into)
      break
    }
    note(ours.success ? readMarquee(item) : readTrakt(item), at, into)
    await turn()
  }
  return ours.success ? 'marquee' : 'trakt'
}
