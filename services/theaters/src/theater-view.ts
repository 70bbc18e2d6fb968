import type { Screen, Theater, TheaterDetail } from '@marquee/contracts/theaters'
import { fold, type SearchStore } from '@marquee/kit/search'
import type { Queryable } from '@marquee/kit/sql'
import type { z } from 'zod'
import { readCursor, writeCursor } from './cursor.ts'
import { nearby, type Place } from './nearby.ts'
import type { PersonHere, Role } from './people-store.ts'
import { type ScreenRow, screenStore } from './screen-store.ts'
import type { theaterIndex } from './theater-index.ts'
import { type TheaterRow, theaterColumns } from './theater-store.ts'

type Detail = z.infer<typeof TheaterDetail>
type ListWish = {
  q?: string | undefined
  near?: Place | undefined
  radiusKm?: number | undefined
  cursor?: string | undefined
  limit: number
}
const columns = theaterColumns
  .split(',')
  .map((column) => `t.${column.trim()}`)
  .join(', ')

const defaultRadiusKm = 50
const roundKm = (km: number) => Math.round(km * 10) / 10

/** What pages about theaters read. */
export function createTheaterView(db: Queryable, index: SearchStore<typeof theaterIndex>) {
  return {
    async get(id: string, { evenClosed = false } = {}): Promise<Detail | undefined> {
      const { rows } = await db.query<TheaterRow>(
        `select ${theaterColumns} from theaters where id = $1 and (closed_at is null or $2)`,
        [id, evenClosed],
      )
      return rows[0] && presentDetail(rows[0], await screenStore.ofTheater(db, id))
    },

    /** Undefined when the cursor is not one of this list. */
    async list(wish: ListWish) {
      return fold(wish.q ?? '') === '' ? this.all(wish) : this.search(wish)
    },

    /** By name, or the nearest first. */
    async all({ near, radiusKm = defaultRadiusKm, cursor, limit }: ListWish) {
      const values: unknown[] = []
      const give = (value: unknown) => `$${values.push(value)}`
      const place = near && nearby(near, radiusKm, give)
      const key = place ? `round((${place.distance})::numeric, 6)::float8` : `t.name collate "C"`
      const where = ['t.closed_at is null', ...(place ? place.where : [])]
      if (cursor) {
        const last = place ? readCursor(cursor, isDistanceKey) : readCursor(cursor, isNameKey)
        if (!last) return undefined
        where.push(`(${key}, t.id) > (${give(last[0])}, ${give(last[1])}::uuid)`)
      }
      const { rows } = await db.query<TheaterRow & { key: string | number }>(
        `select ${columns}, ${key} as key from theaters t where ${where.join(' and ')}
         order by ${key}, t.id limit ${give(limit + 1)}`,
        values,
      )
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        items: shown.map((row) => ({
          ...present(row),
          ...(typeof row.key === 'number' ? { distanceKm: roundKm(row.key) } : {}),
        })),
        nextCursor: last ? writeCursor([last.key, last.id]) : null,
      }
    },

    /** The likeliest first, or the nearest. */
    async search({ q, near, radiusKm = defaultRadiusKm, cursor, limit }: ListWish) {
      const page = await index.search({ q, near: near && { ...near, radiusKm }, cursor, limit })
      if (!page) return undefined
      const { rows } = await db.query<TheaterRow>(
        `select ${theaterColumns} from theaters where id = any($1::uuid[]) and closed_at is null`,
        [page.items.map(({ id }) => id)],
      )
      const known = new Map(rows.map((row) => [row.id, row]))
      const items = page.items.flatMap(({ id, distanceKm }) => {
        const row = known.get(id)
        return row
          ? [{ ...present(row), ...(distanceKm === undefined ? {} : { distanceKm: roundKm(distanceKm) }) }]
          : []
      })
      return { items, nextCursor: page.nextCursor }
    },

    /** The theaters somebody works for; those closed within a day too, for they may be reopened. */
    async ofPerson(userId: string) {
      const { rows } = await db.query<TheaterRow & { role: Role; closed: boolean }>(
        `select ${columns}, p.role, t.closed_at is not null as closed
         from people p join theaters t on t.id = p.theater_id
         where p.user_id = $1 and p.role is not null
           and (t.closed_at is null or t.closed_at > clock() - interval '1 day')
         order by t.name, t.id`,
        [userId],
      )
      const screens = await screenStore.ofTheaters(
        db,
        rows.map(({ id }) => id),
      )
      return rows.map(({ role, closed, ...row }) => ({
        ...presentDetail(row, screens.get(row.id) ?? []),
        role,
        closed,
      }))
    },

    async people(theaterId: string): Promise<PersonHere[]> {
      const { rows } = await db.query<PersonHere>(
        `select user_id, role, by_address from people where theater_id = $1 and role is not null order by role, user_id`,
        [theaterId],
      )
      return rows
    },
  }
}

export type TheaterView = ReturnType<typeof createTheaterView>

function present(row: TheaterRow): z.infer<typeof Theater> {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    city: row.city,
    country: row.country,
    location: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
    timeZone: row.time_zone,
    currency: row.currency,
  }
}

function presentDetail(row: TheaterRow, screens: readonly ScreenRow[]): Detail {
  return {
    ...present(row),
    screens: screens.map(presentScreen),
    dayStartsAt: row.day_starts_at,
    refundCutoffMinutes: row.refund_cutoff_minutes,
    taxRatePermille: row.tax_rate_permille,
    bookingFee: { amount: row.booking_fee, currency: row.currency },
    version: row.version,
  }
}

export function presentScreen(row: ScreenRow): z.infer<typeof Screen> {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    layoutId: row.layout_id,
    seats: row.seats,
    cleaningMinutes: row.cleaning_minutes,
    trailerMinutes: row.trailer_minutes,
  }
}

const isUuid = (value: unknown) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
const isDistanceKey = (keys: unknown): keys is [number, string] =>
  Array.isArray(keys) && keys.length === 2 && typeof keys[0] === 'number' && isUuid(keys[1])
const isNameKey = (keys: unknown): keys is [string, string] =>
  Array.isArray(keys) && keys.length === 2 && isName(keys[0]) && isUuid(keys[1])
const isName = (value: unknown) =>
  typeof value === 'string' && value.length <= 120 && value.isWellFormed() && !value.includes('\0')
