import type { Database, Queryable, Transaction } from '@marquee/kit/sql'
import { type Fact, type FilmHint, filmKey, type ReadRow, type Skipped, type Source } from './read/fact.ts'

export type Written = {
  ratings: number
  diary: number
  reviews: number
  watchlist: number
  unchanged: number
}
/** An import in hand: nobody else works on it until the lease ends. */
export type Leased = { id: string; userId: string; fileName: string; file: Buffer | null; tries: number }
export type PendingRow = { number: number; file: string; line: number; fact: Fact; movieId: string }
export type AskedFilm = { key: string; hint: FilmHint }
export type Answer = { key: string; movieId: string | null; candidates: string[] }

const batch = 2000

type NewImport = { id: string; userId: string; fileName: string; bytes: Uint8Array }

/**
 * Keeps the file before anybody is told that it is here; false while another import of this person goes on, and for
 * somebody who was erased: an erasure under way is waited for, or waits and finds the file.
 */
export async function insertImport(
  tx: Transaction,
  { id, userId, fileName, bytes }: NewImport,
): Promise<boolean> {
  // Of two files sent in one moment the second sees the first.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`import of ${userId}`])
  const { rowCount } = await tx.query(
    `with person as materialized (select erased from people where user_id = $2 for share)
     insert into imports (id, user_id, file_name, file) select $1, $2, $3, $4
      where not exists (select from imports where user_id = $2 and status in ('waiting', 'running'))
        and not exists (select from person where erased)`,
    [id, userId, fileName, Buffer.from(bytes)],
  )
  return rowCount === 1
}

/** The oldest import that waits, or whose worker died. */
export async function leaseImport(db: Queryable): Promise<Leased | undefined> {
  const { rows } = await db.query<Leased>(
    `update imports set status = 'running', leased_until = clock() + interval '2 minutes', tries = tries + 1
      where id = (select id from imports where status in ('waiting', 'running') and leased_until < clock()
                   order by created_at limit 1 for update skip locked)
     returning id, user_id as "userId", file_name as "fileName", file, tries`,
  )
  return rows[0]
}

export async function extendLease(db: Queryable, importId: string): Promise<void> {
  await db.query(
    `update imports set leased_until = clock() + interval '2 minutes', tries = 0 where id = $1`,
    [importId],
  )
}

/** Leaves it to the next worker, who need not wait for the lease; this try does not count. */
export async function handBackImport(db: Queryable, importId: string): Promise<void> {
  await db.query(
    `update imports set status = 'waiting', leased_until = '-infinity', tries = greatest(tries - 1, 0)
      where id = $1 and status = 'running'`,
    [importId],
  )
}

type Content = { source: Source; rows: readonly ReadRow[]; skipped: readonly Skipped[]; skippedRows: number }

/** Puts a file's rows where the file was. */
export async function keepContent(tx: Transaction, importId: string, content: Content): Promise<void> {
  const { source, rows, skipped, skippedRows } = content
  const films = Map.groupBy(rows, ({ film }) => filmKey(film))
  const hints = [...films].map(([key, of]) => ({ key, hint: of[0]?.film, rows: of.length }))
  for (let at = 0; at < hints.length; at += batch)
    await tx.query(
      `insert into import_films (import_id, key, hint, rows)
       select $1, key, hint, rows from jsonb_to_recordset($2::jsonb) as film (key text, hint jsonb, rows int)`,
      [importId, JSON.stringify(hints.slice(at, at + batch))],
    )
  await settleAsBefore(tx, importId)
  const numbered = rows.map(({ film, ...row }, number) => ({ ...row, number, key: filmKey(film) }))
  for (let at = 0; at < numbered.length; at += batch)
    await tx.query(
      `insert into import_rows (import_id, number, film_key, file, line, fact)
       select $1, number, key, file, line, fact
         from jsonb_to_recordset($2::jsonb) as one (number int, key text, file text, line int, fact jsonb)`,
      [importId, JSON.stringify(numbered.slice(at, at + batch))],
    )
  await tx.query(
    `update imports set file = null, source = $2, rows = $3, skipped = $4, skipped_rows = $5 where id = $1`,
    [importId, source, rows.length, JSON.stringify(skipped), skippedRows],
  )
}

/**
 * A film that this person settled in an earlier file is not asked about again, unless it was removed since. One that
 * they left out is looked for: it may have come meanwhile.
 */
async function settleAsBefore(tx: Transaction, importId: string): Promise<void> {
  await tx.query(
    `update import_films set state = case before.state when 'left-out' then 'asked' else before.state end,
            movie_id = before.movie_id, settled = true
       from (select distinct on (key) key, state, movie_id
               from import_films join imports on imports.id = import_id
              where user_id = (select user_id from imports where id = $1) and import_id <> $1 and settled
              order by key, import_id desc) as before
      where import_id = $1 and import_films.key = before.key
        and (before.movie_id is null or exists (select from movies where id = before.movie_id and not deleted))`,
    [importId],
  )
}

export async function failImport(
  db: Queryable,
  importId: string,
  problem: { code: string; detail: string },
): Promise<void> {
  await db.query(
    `update imports set status = 'failed', file = null, problem = $2, finished_at = clock() where id = $1`,
    [importId, JSON.stringify(problem)],
  )
}

export async function askedFilms(db: Queryable, importId: string, most: number): Promise<AskedFilm[]> {
  const { rows } = await db.query<AskedFilm>(
    `select key, hint from import_films where import_id = $1 and state = 'asked' order by key limit $2`,
    [importId, most],
  )
  return rows
}

/** What was looked for and is none of ours for certain is doubtful, or left out as it was before. */
export async function keepAnswers(
  db: Queryable,
  importId: string,
  answers: readonly Answer[],
): Promise<void> {
  await db.query(
    `update import_films set movie_id = one."movieId", candidates = one.candidates,
            state = case when one."movieId" is not null then 'found' when settled then 'left-out' else 'doubtful' end,
            settled = settled and one."movieId" is null
       from jsonb_to_recordset($2::jsonb) as one (key text, "movieId" uuid, candidates uuid[])
      where import_id = $1 and import_films.key = one.key`,
    [importId, JSON.stringify(answers)],
  )
}

export async function pendingRows(db: Queryable, importId: string, most: number): Promise<PendingRow[]> {
  const { rows } = await db.query<PendingRow>(
    `select number, file, line, fact, movie_id as "movieId"
       from import_rows join import_films on import_films.import_id = $1 and key = film_key and state = 'found'
      where import_rows.import_id = $1 order by number limit $2`,
    [importId, most],
  )
  return rows
}

type Done = { numbers: readonly number[]; written: Written; skipped: readonly Skipped[] }

/** Rows that are written are gone, so that a worker after a crash goes on with the next. */
export async function finishRows(tx: Transaction, importId: string, { numbers, written, skipped }: Done) {
  await tx.query('delete from import_rows where import_id = $1 and number = any($2::int[])', [
    importId,
    numbers,
  ])
  await tx.query(
    `update imports set leased_until = clock() + interval '2 minutes', tries = 0,
            skipped = case when jsonb_array_length(skipped) < 100 then skipped || $3::jsonb else skipped end,
            skipped_rows = skipped_rows + jsonb_array_length($3::jsonb),
            written = (select jsonb_object_agg(key, coalesce((written ->> key)::int, 0) + added::int)
                         from jsonb_each_text($2::jsonb) as more (key, added))
      where id = $1`,
    [importId, JSON.stringify(written), JSON.stringify(skipped)],
  )
}

/** Nothing is left that could be written now; what was settled just before is taken up again. */
export async function endImport(db: Database, importId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockImport(tx, importId)
    await tx.query(
      `with pending as (
         select from import_films join import_rows on import_rows.import_id = $1 and film_key = key
          where import_films.import_id = $1 and state = 'found')
       update imports set leased_until = '-infinity',
              finished_at = case when exists (select from pending) then null else clock() end,
              status = case when exists (select from pending) then 'waiting'
                         when exists (select from import_films where import_id = $1 and state = 'doubtful')
                         then 'doubtful' else 'done' end
        where id = $1`,
      [importId],
    )
  })
}

/** Of settling and ending one goes first, and the other sees what it did. */
async function lockImport(tx: Transaction, importId: string): Promise<void> {
  await tx.query('select from imports where id = $1 for no key update', [importId])
}

type Match = { key: string; movieId: string | null }

/** What a person says the doubtful films are; false when one of the keys is no film of this import. */
export async function settleFilms(
  tx: Transaction,
  importId: string,
  matches: readonly Match[],
): Promise<boolean> {
  await lockImport(tx, importId)
  const keys = [...new Set(matches.map(({ key }) => key))]
  const known = await tx.query(
    `select 1 from import_films where import_id = $1 and key = any($2::text[]) and state <> 'asked' for update`,
    [importId, keys],
  )
  if (known.rowCount !== keys.length) return false
  await tx.query(
    `update import_films set state = case when one."movieId" is null then 'left-out' else 'found' end,
            movie_id = one."movieId", settled = true
       from jsonb_to_recordset($2::jsonb) as one (key text, "movieId" uuid)
      where import_id = $1 and import_films.key = one.key`,
    [importId, JSON.stringify(matches)],
  )
  await tx.query(
    `update imports set status = 'waiting', finished_at = null, tries = 0
      where id = $1 and status in ('doubtful', 'done')`,
    [importId],
  )
  return true
}

/** Every film that is doubtful still is left out. */
export async function leaveOutTheRest(tx: Transaction, importId: string): Promise<void> {
  await tx.query(
    `update import_films set state = 'left-out', settled = true where import_id = $1 and state = 'doubtful'`,
    [importId],
  )
}

/** What a person brought in goes with them. */
export async function forgetImports(db: Queryable, userId: string): Promise<void> {
  await db.query('delete from imports where user_id = $1', [userId])
}
