import type { Idempotency } from '@marquee/kit/contract'
import type { Queryable } from '@marquee/kit/sql'
import { requestValues } from './request-store.ts'

export type TheaterRow = {
  id: string
  version: number
  name: string
  address: string
  city: string
  country: string
  lat: number | null
  lon: number | null
  time_zone: string
  currency: string
  day_starts_at: string
  refund_cutoff_minutes: number
  tax_rate_permille: number
  booking_fee: number
}

export const theaterColumns = `id, version, name, address, city, country, lat, lon, time_zone, currency,
  day_starts_at, refund_cutoff_minutes, tax_rate_permille, booking_fee`
const recordset = `jsonb_to_record($1::jsonb) as new(
  id uuid, version int, name text, address text, city text, country text, lat double precision,
  lon double precision, time_zone text, currency text, day_starts_at text, refund_cutoff_minutes int,
  tax_rate_permille int, booking_fee int)`
const toJson = (row: TheaterRow) =>
  JSON.stringify(row, (_key, value) => (typeof value === 'string' ? value.toWellFormed() : value))

export const theaterStore = {
  /** False when its request has made one already. */
  async insert(tx: Queryable, row: TheaterRow, request?: Idempotency): Promise<boolean> {
    const { rowCount } = await tx.query(
      `insert into theaters (${theaterColumns}, request_key, request_hash, requested_at)
       select ${theaterColumns}, $2::text, $3::text, case when $2::text is not null then clock() end from ${recordset}
       on conflict (request_key) where request_key is not null do nothing`,
      [toJson(row), ...requestValues(request)],
    )
    return rowCount > 0
  },

  async update(tx: Queryable, row: TheaterRow): Promise<void> {
    await tx.query(
      `update theaters set (${theaterColumns}) =
         (select ${theaterColumns} from ${recordset}) where theaters.id = $2`,
      [toJson(row), row.id],
    )
  },

  /** The open theater, locked: people, screens and the theater itself change one at a time. */
  async lock(tx: Queryable, id: string): Promise<TheaterRow | undefined> {
    const { rows } = await tx.query<TheaterRow>(
      `select ${theaterColumns} from theaters where id = $1 and closed_at is null for update`,
      [id],
    )
    return rows[0]
  },

  async dayStartsAt(db: Queryable, id: string): Promise<string> {
    const { rows } = await db.query<{ day_starts_at: string }>(
      'select day_starts_at from theaters where id = $1',
      [id],
    )
    return rows[0]?.day_starts_at ?? '00:00'
  },

  async close(tx: Queryable, id: string): Promise<void> {
    await tx.query('update theaters set closed_at = clock(), version = version + 1 where id = $1', [id])
  },

  /** Theaters closed within a day come back; later their shows are called off for good. */
  async reopen(tx: Queryable, id: string): Promise<'reopened' | 'was-open' | 'too-late'> {
    const { rows } = await tx.query<{ open: boolean; late: boolean }>(
      `select closed_at is null as open, closed_at <= clock() - interval '1 day' as late
       from theaters where id = $1 for update`,
      [id],
    )
    const theater = rows[0]
    if (!theater || theater.late) return 'too-late'
    if (theater.open) return 'was-open'
    await tx.query('update theaters set closed_at = null, version = version + 1 where id = $1', [id])
    return 'reopened'
  },

  /** The closed theaters of some shows, locked before the shows are. */
  async lockClosed(tx: Queryable, ids: readonly string[]): Promise<string[]> {
    const { rows } = await tx.query<{ id: string }>(
      `select id from theaters where id = any($1::uuid[]) and closed_at is not null order by id for update`,
      [ids],
    )
    return rows.map((row) => row.id)
  },
}
