import { endpoint, problem, raw } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, MovieId, page, paging, Uuid } from '../common.ts'
import { FilmLine } from './diary.ts'

/** A film of the file that is none of ours for certain: to be settled by hand. */
export const DoubtfulFilm = z.object({
  key: z.string(),
  title: z.string(),
  year: z.int().nullable(),
  /** How many rows of the file wait for it. */
  rows: z.int(),
  candidates: z.array(FilmLine).max(5),
})
export type DoubtfulFilm = z.infer<typeof DoubtfulFilm>

/** How many of an import's doubtful films come with it. */
export const mostUnmatched = 50

export const Import = z.object({
  id: Uuid,
  source: z.enum(['letterboxd', 'imdb', 'trakt', 'marquee']).nullable(),
  fileName: z.string(),
  status: z.enum(['waiting', 'running', 'doubtful', 'done', 'failed']),
  rows: z.int(),
  done: z.int(),
  /** Rows whose film was found. */
  matched: z.int(),
  written: z.object({
    ratings: z.int(),
    diary: z.int(),
    reviews: z.int(),
    watchlist: z.int(),
    unchanged: z.int(),
  }),
  /** The first 50 films to be settled, those with the most rows first; all of them by `listImportFilms`. */
  unmatched: z.array(DoubtfulFilm).max(mostUnmatched),
  /** How many films are to be settled. */
  unmatchedFilms: z.int(),
  /** How many films are left out because their person said so, of this file or an earlier one. */
  leftOutFilms: z.int(),
  /** Rows left out, and why; the first 100. */
  skipped: z.array(z.object({ file: z.string(), line: z.int(), reason: z.string(), detail: z.string() })),
  skippedRows: z.int(),
  /** Why the whole import failed. */
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
})
export type Import = z.infer<typeof Import>
/** An import as lists show it. */
export const ImportSummary = Import.omit({ unmatched: true, skipped: true })
export type ImportSummary = z.infer<typeof ImportSummary>

/** multipart/form-data with one field `file`: a zip or CSV by Letterboxd or IMDb, JSON by Marquee or Trakt. */
export const startImport = endpoint({
  method: 'POST',
  path: '/api/me/import',
  summary: 'Bring in what I rated, watched, wrote and want to see elsewhere',
  access: ['user'],
  limit: 'import',
  rawBody: true,
  maxBytes: 20_000_000,
  timeoutMs: 60_000,
  responses: {
    202: z.object({ id: Uuid }),
    409: problem('import-running', { importId: Uuid }),
    422: problem('unreadable-import', { reason: z.string() }),
  },
})
export const listImports = endpoint({
  method: 'GET',
  path: '/api/me/imports',
  summary: 'My imports, newest first',
  access: ['user'],
  query: z.object({ ...paging }),
  responses: { 200: page(ImportSummary) },
})
export const getImport = endpoint({
  method: 'GET',
  path: '/api/me/imports/:importId',
  summary: 'How far an import is, and what it could not place',
  access: ['holder'],
  params: z.object({ importId: Uuid }),
  responses: { 200: Import },
})
export const listImportFilms = endpoint({
  method: 'GET',
  path: '/api/me/imports/:importId/films',
  summary: 'Films of an import that are to be settled, or were left out',
  access: ['holder'],
  params: z.object({ importId: Uuid }),
  query: z.object({ state: z.enum(['doubtful', 'left-out']).default('doubtful'), ...paging }),
  responses: { 200: page(DoubtfulFilm) },
})
/**
 * Repeatable; a film left null is left out until somebody says otherwise, or a later file finds it for certain. The
 * rows that waited are written by and by.
 */
export const settleImport = endpoint({
  method: 'POST',
  path: '/api/me/imports/:importId/matches',
  summary: 'Say which films the doubtful ones are',
  access: ['holder'],
  params: z.object({ importId: Uuid }),
  body: z.object({
    matches: z
      .array(z.object({ key: z.string().max(600), movieId: MovieId.nullable() }))
      .min(1)
      .max(500),
    /** Every other film that is to be settled is left out. */
    rest: z.literal('left-out').optional(),
  }),
  responses: { 200: Import },
})
export const exportLetterboxd = endpoint({
  method: 'GET',
  path: '/api/me/export/letterboxd.zip',
  summary: 'What I rated, watched, wrote and want to see, as Letterboxd exports it',
  access: ['user'],
  limit: 'import',
  timeoutMs: 60_000,
  responses: { 200: raw('application/zip') },
})
export const exportImdb = endpoint({
  method: 'GET',
  path: '/api/me/export/imdb-ratings.csv',
  summary: 'My ratings as IMDb exports them',
  access: ['user'],
  limit: 'import',
  timeoutMs: 60_000,
  responses: { 200: raw('text/csv') },
})
export const exportImdbWatchlist = endpoint({
  method: 'GET',
  path: '/api/me/export/imdb-watchlist.csv',
  summary: 'My watchlist as IMDb exports it',
  access: ['user'],
  limit: 'import',
  timeoutMs: 60_000,
  responses: { 200: raw('text/csv') },
})
export const exportCommunity = endpoint({
  method: 'GET',
  path: '/api/me/export/community.json',
  summary: 'Everything I wrote here',
  access: ['user'],
  limit: 'import',
  timeoutMs: 60_000,
  responses: { 200: raw('application/json') },
})
