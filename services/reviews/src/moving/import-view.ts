import type { FilmLine, Import } from '@marquee/contracts/reviews'
import type { Queryable } from '@marquee/kit/sql'
import type { z } from 'zod'
import { filmLine } from '../film-copy.ts'
import type { Film } from '../film-store.ts'

type ImportRow = Omit<Import, 'unmatched' | 'createdAt' | 'finishedAt'> & {
  createdAt: Temporal.Instant
  finishedAt: Temporal.Instant | null
}
type DoubtfulRow = {
  importId: string
  key: string
  hint: { title: string; year: number | null }
  rows: number
  candidates: string[]
}
type Films = { find: (ids: readonly string[]) => Promise<Map<string, Film>> }

const columns = `id, source, file_name as "fileName", status, rows, written, skipped,
  skipped_rows as "skippedRows", problem, created_at as "createdAt", finished_at as "finishedAt",
  rows - (select count(*)::int from import_rows where import_id = imports.id) as done,
  coalesce((select sum(f.rows)::int from import_films f where f.import_id = imports.id and f.state = 'found'), 0) as matched`

export async function ownerOfImport(db: Queryable, importId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ userId: string }>(
    'select user_id as "userId" from imports where id = $1',
    [importId],
  )
  return rows[0]?.userId
}

export async function findImport(db: Queryable, films: Films, importId: string): Promise<Import | undefined> {
  const { rows } = await db.query<ImportRow>(`select ${columns} from imports where id = $1`, [importId])
  const [shown] = await present(db, films, rows)
  return shown
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
  films: Films,
  { userId, before, limit }: { userId: string; before: string | undefined; limit: number },
): Promise<{ items: Import[]; nextCursor: string | null }> {
  const { rows } = await db.query<ImportRow>(
    `select ${columns} from imports where user_id = $1 and ($2::uuid is null or id < $2::uuid)
      order by id desc limit $3`,
    [userId, before ?? null, limit + 1],
  )
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return { items: await present(db, films, shown), nextCursor: last?.id ?? null }
}

async function present(db: Queryable, films: Films, imports: readonly ImportRow[]): Promise<Import[]> {
  if (imports.length === 0) return []
  const { rows } = await db.query<DoubtfulRow>(
    `select import_id as "importId", key, hint, rows, candidates from import_films
      where import_id = any($1::uuid[]) and state = 'doubtful' order by rows desc, key`,
    [imports.map(({ id }) => id)],
  )
  const known = await films.find(rows.flatMap(({ candidates }) => candidates))
  return imports.map((one) => ({
    ...one,
    createdAt: one.createdAt.toString(),
    finishedAt: one.finishedAt?.toString() ?? null,
    unmatched: rows
      .filter(({ importId }) => importId === one.id)
      .map(({ key, hint, rows: waiting, candidates }) => ({
        key,
        title: hint.title,
        year: hint.year,
        rows: waiting,
        candidates: lines(candidates, known),
      })),
  }))
}

function lines(ids: readonly string[], known: ReadonlyMap<string, Film>): z.infer<typeof FilmLine>[] {
  return ids.flatMap((id) => {
    const film = known.get(id)
    return film ? [filmLine(film)] : []
  })
}
