import type { DiaryEntry } from '@marquee/contracts/reviews'
import type { Queryable, Reading } from '@marquee/kit/sql'
import { z } from 'zod'
import { type DiaryRow, diaryColumns } from './diary-store.ts'

type Visibility = DiaryEntry['visibility']
type Wish = {
  userId: string
  movieId?: string | undefined
  /** Which entries the reader may see. */
  visible: readonly Visibility[]
  cursor?: string | undefined
  limit: number
}
export type DiaryRows = { rows: DiaryRow[]; nextCursor: string | null }

const Place = z.tuple([z.union([z.iso.date(), z.literal('-infinity')]), z.uuid()])

export async function findEntry(db: Queryable, id: string): Promise<DiaryRow | undefined> {
  const { rows } = await db.query<DiaryRow>(`select ${diaryColumns} from diary where id = $1`, [id], {
    name: 'reviews-find-entry',
  })
  return rows[0]
}

/** A person's viewings, newest first, those without a date last; undefined for a cursor that is none. */
export async function listEntries(db: Reading, wish: Wish): Promise<DiaryRows | undefined> {
  const { userId, movieId, visible, cursor, limit } = wish
  const after = cursor === undefined ? undefined : readPlace(cursor)
  if (cursor !== undefined && !after) return undefined
  const values: unknown[] = [userId, visible, limit + 1]
  const give = (value: unknown) => `$${values.push(value)}`
  const film = movieId === undefined ? '' : `and movie_id = ${give(movieId)}`
  const rest = after ? `and (viewed, id) < (${give(after[0])}::date, ${give(after[1])}::uuid)` : ''
  const { rows } = await db.query<DiaryRow & { day: string }>(
    `select ${diaryColumns}, viewed::text as day from diary
      where user_id = $1 and visibility = any($2::text[]) ${film} ${rest}
      order by viewed desc, id desc limit $3::int`,
    values,
  )
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const nextCursor = last ? Buffer.from(JSON.stringify([last.day, last.id])).toString('base64url') : null
  return { rows: shown, nextCursor }
}

function readPlace(cursor: string): [string, string] | undefined {
  try {
    const place = Place.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return place.success && !place.data[0].startsWith('0000') ? place.data : undefined
  } catch {
    // A cursor is whatever a client sends.
    return undefined
  }
}
