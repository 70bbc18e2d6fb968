import type { Layout, Show, ShowDetail } from '@marquee/contracts/theaters'
import type { Queryable } from '@marquee/kit/sql'
import { readCursor, writeCursor } from './cursor.ts'
import { nearby, type Place } from './nearby.ts'
import { availabilityOf, salesWindow } from './sales-window.ts'
import type { SeatsLeft } from './seats-left.ts'
import { type ShowRecord, showColumns } from './show-store.ts'

type ShowRow = Omit<ShowRecord, 'access'> & {
  access: Show['access']
  theater_name: string
  time_zone: string
  currency: string
  screen_name: string
  movie_title: string
  seats: number
  busy_from: Temporal.Instant
  busy_until: Temporal.Instant
  closed_at: Temporal.Instant | null
}
type ListWish = {
  movieId?: string | undefined
  theaterId?: string | undefined
  date?: string | undefined
  near?: Place | undefined
  radiusKm?: number | undefined
  access?: string | undefined
  cursor?: string | undefined
  limit: number
}

const select = `select ${showColumns}, lower(s.busy) as busy_from, upper(s.busy) as busy_until, t.name as theater_name,
    t.time_zone, t.currency, t.closed_at, c.name as screen_name, m.title as movie_title, l.seats
  from shows s join theaters t on t.id = s.theater_id join screens c on c.id = s.screen_id
    join movies m on m.id = s.movie_id join layouts l on l.id = s.layout_id`

/** What the programme reads. */
export function createShowView(db: Queryable, seatsLeft: SeatsLeft) {
  const withSeats = async <T>(rows: ShowRow[], present: (row: ShowRow, left: number) => T): Promise<T[]> => {
    const left = await seatsLeft(rows.map(({ id, seats }) => ({ id, seats })))
    return rows.map((row) => present(row, left.get(row.id) ?? row.seats))
  }
  return {
    async get(id: string): Promise<ShowDetail | undefined> {
      const [detail] = await this.getMany([id])
      return detail
    },

    async getMany(ids: readonly string[]): Promise<ShowDetail[]> {
      const { rows } = await db.query<ShowRow>(
        `${select} where s.id = any($1::uuid[]) order by s.starts_at, s.id`,
        [ids],
        { name: 'shows.get' },
      )
      return withSeats(rows, presentDetail)
    },

    /** Undefined when the cursor is not one of this list. */
    async upcoming(wish: ListWish): Promise<{ items: Show[]; nextCursor: string | null } | undefined> {
      const values: unknown[] = []
      const give = (value: unknown) => `$${values.push(value)}`
      // A volatile clock() in the comparison itself would keep the index from skipping what is past.
      const where = [`s.status = 'scheduled'`, 's.starts_at > (select clock())', 't.closed_at is null']
      if (wish.movieId) where.push(`s.movie_id = ${give(wish.movieId)}`)
      if (wish.theaterId) where.push(`s.theater_id = ${give(wish.theaterId)}`)
      if (wish.date) where.push(`s.day = ${give(wish.date)}`)
      if (wish.access) where.push(`s.access @> array[${give(wish.access)}::text] and s.access <> '{}'`)
      if (wish.near) where.push(...nearby(wish.near, wish.radiusKm ?? 50, give).where)
      if (wish.cursor) {
        const last = readCursor(wish.cursor, isShowKey)
        if (!last) return undefined
        where.push(`(s.starts_at, s.id) > (${give(last[0])}::timestamptz, ${give(last[1])}::uuid)`)
      }
      const { rows } = await db.query<ShowRow>(
        `${select} where ${where.join(' and ')} order by s.starts_at, s.id limit ${give(wish.limit + 1)}`,
        values,
      )
      const shown = rows.slice(0, wish.limit)
      const last = rows.length > wish.limit ? shown.at(-1) : undefined
      return {
        items: await withSeats(shown, present),
        nextCursor: last ? writeCursor([last.starts_at.toString(), last.id]) : null,
      }
    },

    /** A theater's own programme: past, present and cancelled shows, and when screens are busy. */
    async programme(theaterId: string, from: string, to: string) {
      const { rows } = await db.query<ShowRow>(
        `${select} where s.theater_id = $1 and s.day between $2 and $3 order by s.starts_at, s.id limit 2000`,
        [theaterId, from, to],
      )
      return withSeats(rows, (row, left) => ({
        ...presentDetail(row, left),
        busyFrom: row.busy_from.toString(),
        busyUntil: row.busy_until.toString(),
        trailerMinutes: row.trailer_minutes,
        cleaningMinutes: row.cleaning_minutes,
        capacity: row.seats,
      }))
    },
  }
}

export type ShowView = ReturnType<typeof createShowView>

/** A layout by its id, or the one a screen has now. */
export async function readLayout(
  db: Queryable,
  by: { layoutId: string } | { screenId: string },
): Promise<Layout | undefined> {
  const { rows } =
    'layoutId' in by
      ? await db.query<{ layout: Layout }>('select layout from layouts where id = $1', [by.layoutId])
      : await db.query<{ layout: Layout }>(
          'select layout from layouts join screens on screens.layout_id = layouts.id where screens.id = $1',
          [by.screenId],
        )
  return rows[0]?.layout
}

function present(row: ShowRow, left: number): Show {
  const window = salesWindow(row)
  return {
    id: row.id,
    movieId: row.movie_id,
    movieTitle: row.movie_title,
    theaterId: row.theater_id,
    theaterName: row.theater_name,
    screenId: row.screen_id,
    screenName: row.screen_name,
    startsAt: row.starts_at.toString(),
    localStart: row.local_start,
    timeZone: row.time_zone,
    day: row.day,
    runtimeMinutes: row.runtime_minutes,
    format: row.format,
    language: row.language,
    subtitles: row.subtitles,
    access: row.access,
    priceFrom: { amount: row.price_from, currency: row.currency },
    seatsLeft: left,
    availability: availabilityOf(left, row.seats),
    salesFrom: row.sales_from.toString(),
    onlineUntil: window.onlineUntil.toString(),
    counterUntil: window.counterUntil.toString(),
  }
}

function presentDetail(row: ShowRow, left: number): ShowDetail {
  return {
    ...present(row, left),
    prices: row.prices,
    layoutId: row.layout_id,
    status: row.status,
    version: row.version,
  }
}

const isShowKey = (keys: unknown): keys is [string, string] =>
  Array.isArray(keys) &&
  keys.length === 2 &&
  /^[12]\d{3}-[0-9T:.-]+Z$/.test(String(keys[0])) &&
  Temporal.Instant.from(String(keys[0])) instanceof Temporal.Instant &&
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(keys[1]))
