import { type DoubtfulFilm, type Import, type ImportSummary, mostUnmatched } from '@marquee/contracts/reviews'
import type { Queryable } from '@marquee/kit/sql'
import { z } from 'zod'
import { filmLine } from '../film-copy.ts'
import type { Film } from '../film-store.ts'

type Stored<Shown> = Omit<Shown, 'unmatched' | 'createdAt' | 'finishedAt'> & {
  createdAt: Temporal.Instant
  finishedAt: Temporal.Instant | null
}
type FilmRow = {
  key: string
  hint: { title: string; year: number | null }
  rows: number
  candidates: string[]
}
type Films = { find: (ids: readonly string[]) => Promise<Map<string, Film>> }
type FilmWish = {
  importId: string
  state: 'doubtful' | 'left-out'
  cursor?: string | undefined
  limit: number
}

/** Rows that wait for a film, and its key. */
const Place = z.tuple([
  z.int32(),
  z
    .string()
    .max(600)
    .refine((key) => key.isWellFormed() && !key.includes('\0')),
])

const countOf = (state: string, what = 'count(*)') =>
  `coalesce((select ${what}::int from import_films f where f.import_id = imports.id and f.state = '${state}'), 0)`
const columns = `id, source, file_name as "fileName", status, rows, written,
  skipped_rows as "skippedRows", problem, created_at as "createdAt", finished_at as "finishedAt",
  rows - (select count(*)::int from import_rows where import_id = imports.id) as done,
  ${countOf('found', 'sum(f.rows)')} as matched, ${countOf('doubtful')} as "unmatchedFilms",
  ${countOf('left-out')} as "leftOutFilms"`

export async function ownerOfImport(db: Queryable, importId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ userId: string }>(
    'select user_id as "userId" from imports where id = $1',
    [importId],
  )
  return rows[0]?.userId
}

export async function findImport(db: Queryable, films: Films, importId: string): Promise<Import | undefined> {
  const { rows } = await db.query<Stored<Import>>(`select ${columns}, skipped from imports where id = $1`, [
    importId,
  ])
  const [row] = rows
  if (!row) return undefined
  const unmatched = await listFilms(db, films, { importId, state: 'doubtful', limit: mostUnmatched })
  return { ...row, ...times(row), unmatched: unmatched?.items ?? [] }
}

export async function findRunningImport(db: Queryable, userId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    `select id from imports where user_id = $1 and status in ('waiting', 'running')`,
    [userId],
  )
  return rows[0]?.id
}

/** Newest first; ids are time-ordered, so an id is the cursor. */
export async function listImportsOf(
  db: Queryable,
  { userId, before, limit }: { userId: string; before: string | undefined; limit: number },
): Promise<{ items: ImportSummary[]; nextCursor: string | null }> {
  const { rows } = await db.query<Stored<ImportSummary>>(
    `select ${columns} from imports where user_id = $1 and ($2::uuid is null or id < $2::uuid)
      order by id desc limit $3`,
    [userId, before ?? null, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items: shown.map((row) => ({ ...row, ...times(row) })), nextCursor: last?.id ?? null }
}

/** Films of an import, those that most rows wait for first; undefined for a cursor that is none. */
export async function listFilms(
  db: Queryable,
  films: Films,
  { importId, state, cursor, limit }: FilmWish,
): Promise<{ items: DoubtfulFilm[]; nextCursor: string | null } | undefined> {
  const after = cursor === undefined ? undefined : readPlace(cursor)
  if (cursor !== undefined && !after) return undefined
  const rest = after ? 'and (rows < $4 or (rows = $4 and key > $5))' : ''
  const { rows } = await db.query<FilmRow>(
    `select key, hint, rows, candidates from import_films
      where import_id = $1 and state = $2 ${rest} order by rows desc, key limit $3::int`,
    [importId, state, limit + 1, ...(after ?? [])],
  )
  const shown = rows.slice(0, limit)
  const known = await films.find(shown.flatMap(({ candidates }) => candidates))
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map(({ key, hint: { title, year }, rows: waiting, candidates }) => ({
      key,
      title,
      year,
      rows: waiting,
      candidates: candidates.flatMap((id) => {
        const film = known.get(id)
        return film ? [filmLine(film)] : []
      }),
    })),
    nextCursor: last ? Buffer.from(JSON.stringify([last.rows, last.key])).toString('base64url') : null,
  }
}

const times = ({ createdAt, finishedAt }: Pick<Stored<ImportSummary>, 'createdAt' | 'finishedAt'>) => ({
  createdAt: createdAt.toString(),
  finishedAt: finishedAt?.toString() ?? null,
})

function readPlace(cursor: string): [number, string] | undefined {
  try {
    return Place.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString())).data
  } catch {
    // Clients may send anything.
    return undefined
  }
}
