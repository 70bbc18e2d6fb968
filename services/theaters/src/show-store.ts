import type { Queryable } from '@marquee/kit/sql'
import type { PriceOfShow } from './prices.ts'

export type ShowRecord = {
  id: string
  version: number
  status: 'scheduled' | 'cancelled'
  theater_id: string
  screen_id: string
  movie_id: string
  layout_id: string
  starts_at: Temporal.Instant
  local_start: string
  day: string
  trailer_minutes: number
  runtime_minutes: number
  cleaning_minutes: number
  format: string | null
  language: string | null
  subtitles: string | null
  access: string[]
  prices: PriceOfShow[]
  price_from: number
  price_card_id: string | null
  priced_by: 'time' | 'card' | 'hand'
  sales_from: Temporal.Instant
}
export type Clash = {
  id: string
  movie_title: string
  starts_at: Temporal.Instant
  local_start: string
  busy_until: Temporal.Instant
}

const columnNames = `id version status theater_id screen_id movie_id layout_id starts_at local_start day
  trailer_minutes runtime_minutes cleaning_minutes format language subtitles access prices price_from
  price_card_id priced_by sales_from`.split(/\s+/)
const columns = columnNames.join(', ')
/** The columns of a {@link ShowRecord}, of `shows` known as `s`. */
export const showColumns = columnNames.map((name) => `s.${name}`).join(', ')
const recordset = `jsonb_to_recordset($1::jsonb) as new(
  id uuid, version int, status text, theater_id uuid, screen_id uuid, movie_id uuid, layout_id text,
  starts_at timestamptz, local_start text, day text, trailer_minutes int, runtime_minutes int,
  cleaning_minutes int, format text, language text, subtitles text, access text[], prices jsonb,
  price_from int, price_card_id uuid, priced_by text, sales_from timestamptz)`
const busy = `tstzrange(starts_at, starts_at + make_interval(mins => trailer_minutes + runtime_minutes + cleaning_minutes))`

const toJson = (records: readonly ShowRecord[]) =>
  JSON.stringify(records, (_key, value) => (typeof value === 'string' ? value.toWellFormed() : value))

export const showStore = {
  /** Inserts those whose screen is free; the ids of the others are missing from the answer. */
  async insertFree(tx: Queryable, records: readonly ShowRecord[]): Promise<Set<string>> {
    if (records.length === 0) return new Set()
    const { rows } = await tx.query<{ id: string }>(
      `insert into shows (${columns}, busy) select ${columns}, ${busy} from ${recordset}
       order by starts_at on conflict do nothing returning id`,
      [toJson(records)],
    )
    return new Set(rows.map((row) => row.id))
  },

  /** Violates `screen_busy` when the screen is taken at the new time. */
  async update(tx: Queryable, record: ShowRecord): Promise<void> {
    await tx.query(
      `update shows set (${columns}, busy) = (select ${columns}, ${busy} from ${recordset}) where shows.id = $2`,
      [toJson([record]), record.id],
    )
  },

  async lock(tx: Queryable, id: string): Promise<ShowRecord | undefined> {
    const { rows } = await tx.query<ShowRecord>(`select ${columns} from shows where id = $1 for update`, [id])
    return rows[0]
  },

  async theaterOf(db: Queryable, id: string): Promise<string | undefined> {
    const { rows } = await db.query<{ theater_id: string }>('select theater_id from shows where id = $1', [
      id,
    ])
    return rows[0]?.theater_id
  },

  /** Undefined for one that is cancelled: nothing of it is sold. */
  async versionOf(db: Queryable, id: string): Promise<number | undefined> {
    const { rows } = await db.query<{ version: number }>(
      `select version from shows where id = $1 and status = 'scheduled'`,
      [id],
    )
    return rows[0]?.version
  },

  async ofDay(db: Queryable, theaterId: string, day: string): Promise<ShowRecord[]> {
    const { rows } = await db.query<ShowRecord>(
      `select ${columns} from shows where theater_id = $1 and day = $2 and status = 'scheduled' order by starts_at, id`,
      [theaterId, day],
    )
    return rows
  },

  /** The show that keeps a screen busy at the time this one would need it. */
  async clashWith(db: Queryable, record: ShowRecord): Promise<Clash | undefined> {
    const { rows } = await db.query<Clash>(
      `select s.id, m.title as movie_title, s.starts_at, s.local_start, upper(s.busy) as busy_until
       from shows s join movies m on m.id = s.movie_id
       where s.screen_id = $1 and s.status = 'scheduled' and s.id <> $2
         and s.busy && tstzrange($3, $3::timestamptz + make_interval(mins => $4))
       order by s.starts_at limit 1`,
      [
        record.screen_id,
        record.id,
        record.starts_at,
        record.trailer_minutes + record.runtime_minutes + record.cleaning_minutes,
      ],
    )
    return rows[0]
  },

  async cancel(tx: Queryable, ids: readonly string[]): Promise<{ id: string; version: number }[]> {
    const { rows } = await tx.query<{ id: string; version: number }>(
      `update shows set status = 'cancelled', version = version + 1
       where id = any($1::uuid[]) and status = 'scheduled' returning id, version`,
      [ids],
    )
    return rows
  },

  /**
   * Shows that a closing took away and whose time to come back is over: after a day, or two hours before
   * they start so that guests hear of it in time, yet never within a quarter of an hour of the closing.
   */
  async dueToEnd(
    db: Queryable,
    theaterIds?: readonly string[],
  ): Promise<{ id: string; theaterId: string }[]> {
    const { rows } = await db.query<{ id: string; theaterId: string }>(
      `select s.id, s.theater_id as "theaterId" from theaters t join shows s on s.theater_id = t.id
       where t.closed_at is not null and ($1::uuid[] is null or t.id = any($1)) and s.status = 'scheduled'
         and s.starts_at > t.closed_at
         and least(t.closed_at + interval '1 day',
           greatest(t.closed_at + interval '15 minutes', s.starts_at - interval '2 hours')) <= (select clock())
       order by s.id limit 500`,
      [theaterIds ?? null],
    )
    return rows
  },

  /** Locks and gives the upcoming shows of a theater, a screen or a film. */
  async lockUpcoming(
    tx: Queryable,
    of: { theater: string } | { screen: string } | { movie: string },
  ): Promise<ShowRecord[]> {
    const [column, id] =
      'theater' in of
        ? ['theater_id', of.theater]
        : 'screen' in of
          ? ['screen_id', of.screen]
          : ['movie_id', of.movie]
    const { rows } = await tx.query<ShowRecord>(
      `select ${columns} from shows where ${column} = $1 and status = 'scheduled' and starts_at > (select clock())
       order by id for update`,
      [id],
    )
    return rows
  },

  /** Puts shows onto the cinema days they belong to now that days start at another time. */
  async redate(tx: Queryable, ids: readonly string[], dayStartsAt: string): Promise<void> {
    await tx.query(
      `update shows set day = to_char(local_start::timestamp - $2::interval, 'YYYY-MM-DD') where id = any($1::uuid[])`,
      [ids, dayStartsAt],
    )
  },

  /** Moves versions on and puts upcoming shows onto their screen's layout of now. */
  async touch(tx: Queryable, ids: readonly string[], layoutId?: string): Promise<void> {
    await tx.query(
      `update shows set version = version + 1, layout_id = coalesce($2, layout_id) where id = any($1::uuid[])`,
      [ids, layoutId ?? null],
    )
  },
}
