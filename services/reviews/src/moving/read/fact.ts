import { z } from 'zod'
import { cut } from './cells.ts'

/** A film as a file of somewhere else names it. */
export const FilmHint = z.object({
  title: z.string(),
  year: z.int().nullable(),
  imdb: z.string().optional(),
  tmdb: z.string().optional(),
})
export type FilmHint = z.infer<typeof FilmHint>

/** One thing a person did elsewhere. Dates without a time are a day; instants are RFC 3339. */
export const Fact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rating'), stars: z.number(), at: z.string() }),
  z.object({
    kind: z.literal('viewing'),
    /** Tells viewings of one film apart: the day, or which undated one it is. */
    key: z.string(),
    watchedOn: z.string().nullable(),
    stars: z.number().nullable(),
    liked: z.boolean(),
    rewatch: z.boolean(),
    tags: z.array(z.string()),
    note: z.string(),
    visibility: z.enum(['public', 'followers', 'private']),
  }),
  z.object({
    kind: z.literal('review'),
    /** The viewing that it is of, if any. */
    viewing: z.string().nullable(),
    title: z.string().nullable(),
    body: z.string(),
    spoiler: z.boolean(),
    /** When it was written, where that is told; else it is of the day of its viewing. */
    at: z.string().optional(),
  }),
  z.object({ kind: z.literal('watchlist'), at: z.string() }),
])
export type Fact = z.infer<typeof Fact>

/** Where in the file it stood; lines count from 1. */
export type Place = { file: string; line: number }
/** `detail` is what stood there, if anything; words about it go with the reason. */
export type Skipped = Place & { reason: SkipReason; detail: string }
export type ReadRow = Place & { film: FilmHint; fact: Fact }

/** What one row tells, or why it is left out. */
export type Reading =
  | { ok: true; film: FilmHint; facts: Fact[] }
  | { ok: false; reason: SkipReason; detail: string }

type SkipReason =
  | 'bad-row'
  | 'open-quote'
  | 'long-row'
  | 'no-film'
  | 'not-a-film'
  | 'bad-stars'
  | 'bad-date'
  | 'bad-text'
  | 'no-text'
  | 'too-many-rows'
  | 'already-reviewed'

export type Source = 'letterboxd' | 'imdb' | 'trakt' | 'marquee'

/** What makes a whole file useless; `detail` says what was expected. */
export type Unreadable = { ok: false; reason: UnreadableReason; detail: string }
type UnreadableReason =
  | 'not-a-form'
  | 'no-file'
  | 'empty'
  | 'not-text'
  | 'unknown-format'
  | 'bad-zip'
  | 'too-big'

/** By which rows of the same film are gathered. */
export function filmKey({ title, year, imdb, tmdb }: FilmHint): string {
  if (imdb) return `imdb:${imdb}`
  if (tmdb) return `tmdb:${tmdb}`
  return cut(`${title.normalize('NFC').toLowerCase()}|${year ?? ''}`, 600)
}
