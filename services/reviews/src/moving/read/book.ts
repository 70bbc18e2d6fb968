import { doubtDay } from '../../diary/viewing-day.ts'
import { cut, plain } from './cells.ts'
import type { Fact, Place, Reading, ReadRow, Skipped } from './fact.ts'

export type BookLimits = {
  /** How many things are taken; as many rows may be wrong before nobody reads on. */
  rows: number
  /** How many of the rows left out are kept with their reason. */
  skippedShown: number
}
/** What has been read so far. */
export type Book = { rows: ReadRow[]; skipped: Skipped[]; skippedRows: number }
export type Into = { book: Book; limits: BookLimits; now: Temporal.Instant }

/** Nobody reads on for ever in a file that is all wrong, either. */
export const isFull = ({ book, limits }: Into) =>
  book.rows.length >= limits.rows || book.skippedRows >= limits.rows

/** What nobody read any more is told once, from where on. */
export function noteRest(at: Place, rows: number, { book }: Into): void {
  book.skippedRows += rows
  if (book.skipped.every(({ reason }) => reason !== 'too-many-rows'))
    book.skipped.push({ ...at, reason: 'too-many-rows', detail: '' })
}

/** Notes what a row tells, or why it is left out: days that cannot be are a reason too. */
export function note(told: Reading, at: Place, { book, limits, now }: Into): void {
  const doubtful = told.ok ? told.facts.flatMap(daysOf).find((day) => doubtDay(day, now)) : undefined
  const reading: Reading = doubtful ? { ok: false, reason: 'bad-date', detail: doubtful } : told
  if (reading.ok) {
    for (const fact of reading.facts) book.rows.push({ ...at, film: reading.film, fact })
    return
  }
  book.skippedRows += 1
  if (book.skipped.length >= limits.skippedShown) return
  book.skipped.push({ ...at, reason: reading.reason, detail: cut(plain(reading.detail), 200) })
}

function daysOf(fact: Fact): string[] {
  if (fact.kind === 'viewing') return fact.watchedOn === null ? [] : [fact.watchedOn]
  const days = fact.at === undefined ? [] : [fact.at.slice(0, 10)]
  return fact.kind === 'review' && fact.viewing !== null ? [...days, fact.viewing] : days
}
