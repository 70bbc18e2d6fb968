import type { DiaryEntry } from '@marquee/contracts/reviews'
import type { Queryable, Transaction } from '@marquee/kit/sql'

export type DiaryRow = {
  id: string
  userId: string
  movieId: string
  watchedOn: string | null
  /** Half stars. */
  half: number | null
  liked: boolean
  rewatch: boolean
  tags: string[]
  note: string
  visibility: DiaryEntry['visibility']
  theaterName: string | null
  seenOn: string | null
  createdAt: Temporal.Instant
  edition: number
}
export const diaryColumns = `id, user_id as "userId", movie_id as "movieId", watched_on as "watchedOn", stars as half,
  liked, rewatch, tags, note, visibility, theater_name as "theaterName", seen_on as "seenOn",
  created_at as "createdAt", edition`

export type NewEntry = Omit<DiaryRow, 'createdAt' | 'edition' | 'theaterName' | 'seenOn'> & {
  /** Now unless given: importers know when it was written down. */
  createdAt?: string | undefined
  theaterName?: string | undefined
  seenOn?: string | undefined
  showId?: string | undefined
  /** The place in the intake of the rating that `half` is from. */
  ratingSequence?: number | undefined
  requestKey?: string | undefined
  requestBody?: string | undefined
}

/** False for somebody who is erased, or whom nobody knows; holds off an erasure until the transaction ends. */
export async function holdPerson(tx: Transaction, userId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select 1 from people where user_id = $1 and not erased for share`,
    [userId],
    { name: 'reviews-hold-person' },
  )
  return rowCount === 1
}

/** Whether somebody was erased; holds off an erasure of whoever is known here until the transaction ends. */
export async function wasErased(tx: Transaction, userId: string): Promise<boolean> {
  const { rows } = await tx.query<{ erased: boolean }>(
    `select erased from people where user_id = $1 for share`,
    [userId],
    { name: 'reviews-was-erased' },
  )
  return rows[0]?.erased ?? false
}

/** Writes viewings down, in one statement however many; a known id or request key is left as it is. */
export async function insertEntries(db: Queryable, entries: readonly NewEntry[]): Promise<DiaryRow[]> {
  const { rows } = await db.query<DiaryRow>(
    `insert into diary (id, user_id, movie_id, watched_on, stars, liked, rewatch, tags, note, visibility,
                        theater_name, seen_on, show_id, rating_sequence, created_at, request_key, request_body,
                        requested_at)
     select id, "userId", "movieId", "watchedOn", half, liked, rewatch, tags, note, visibility,
            "theaterName", "seenOn", "showId", "ratingSequence", coalesce("createdAt", clock()), "requestKey",
            "requestBody", clock()
       from jsonb_to_recordset($1::jsonb) as entry
         (id uuid, "userId" uuid, "movieId" uuid, "watchedOn" date, half smallint, liked boolean, rewatch boolean,
          tags text[], note text, visibility text, "theaterName" text, "seenOn" date, "showId" uuid,
          "ratingSequence" bigint, "createdAt" timestamptz, "requestKey" text, "requestBody" text)
      order by id
     on conflict do nothing returning ${diaryColumns}`,
    [JSON.stringify(entries)],
    { name: 'reviews-insert-entries' },
  )
  return rows
}

export async function lockEntry(tx: Transaction, id: string): Promise<DiaryRow | undefined> {
  const { rows } = await tx.query<DiaryRow>(`select ${diaryColumns} from diary where id = $1 for update`, [
    id,
  ])
  return rows[0]
}

export async function updateEntry(tx: Transaction, entry: DiaryRow): Promise<DiaryRow> {
  const { rows } = await tx.query<DiaryRow>(
    `update diary set watched_on = $2, stars = $3, liked = $4, rewatch = $5, tags = $6, note = $7, visibility = $8,
            edition = edition + 1, rating_sequence = case when stars is distinct from $3 then null else rating_sequence end
      where id = $1 returning ${diaryColumns}`,
    [
      entry.id,
      entry.watchedOn,
      entry.half,
      entry.liked,
      entry.rewatch,
      entry.tags,
      entry.note,
      entry.visibility,
    ],
  )
  const [row] = rows
  if (!row) throw new Error(`viewing ${entry.id} vanished under its lock`)
  return row
}

/**
 * Whose it was, and of which film; undefined when there is none. That its ticket was admitted stays known, so that it is
 * not written down again; where that was does not.
 */
export async function deleteEntry(
  tx: Transaction,
  id: string,
): Promise<{ userId: string; movieId: string } | undefined> {
  const { rows } = await tx.query<{ userId: string; movieId: string; showId: string | null }>(
    `delete from diary where id = $1 returning user_id as "userId", movie_id as "movieId", show_id as "showId"`,
    [id],
  )
  const [gone] = rows
  if (gone?.showId)
    await tx.query(
      `update admissions set theater_name = null where user_id = $1 and movie_id = $2 and show_id = $3`,
      [gone.userId, gone.movieId, gone.showId],
    )
  return gone
}

export type Requested = DiaryRow & { requestBody: string; expired: boolean }

/** What was written down under an idempotency key; keys count for a day. */
export async function findRequested(db: Queryable, key: string): Promise<Requested | undefined> {
  const { rows } = await db.query<Requested>(
    `select ${diaryColumns}, request_body as "requestBody",
            requested_at <= clock() - interval '24 hours' as expired
       from diary where request_key = $1`,
    [key],
  )
  return rows[0]
}

export async function forgetRequest(db: Queryable, id: string): Promise<void> {
  await db.query(`update diary set request_key = null, request_body = null where id = $1`, [id])
}

/** What a person's erasure takes with it here. */
export async function forgetViewings(tx: Transaction, userId: string): Promise<void> {
  await tx.query(`delete from diary where user_id = $1`, [userId])
  await tx.query(`delete from admissions where user_id = $1`, [userId])
}
