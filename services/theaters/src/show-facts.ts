import type { ShowFacts } from '@marquee/contracts/theaters'
import type { Queryable } from '@marquee/kit/sql'
import { salesWindow } from './sales-window.ts'
import { type ShowRecord, showColumns } from './show-store.ts'

type FactsRow = ShowRecord & {
  theater_name: string
  address: string
  city: string
  lat: number | null
  lon: number | null
  time_zone: string
  currency: string
  tax_rate_permille: number
  booking_fee: number
  refund_cutoff_minutes: number
  closed_at: Temporal.Instant | null
  screen_name: string
  movie_title: string
}

/** Everything booking needs of some shows, as it stands in this transaction. */
export async function readShowFacts(tx: Queryable, ids: readonly string[]): Promise<ShowFacts[]> {
  const { rows } = await tx.query<FactsRow>(
    `select ${showColumns}, t.name as theater_name, t.address, t.city, t.lat, t.lon, t.time_zone, t.currency, t.tax_rate_permille,
       t.booking_fee, t.refund_cutoff_minutes, t.closed_at, c.name as screen_name, m.title as movie_title
     from shows s join theaters t on t.id = s.theater_id join screens c on c.id = s.screen_id
       join movies m on m.id = s.movie_id
     where s.id = any($1::uuid[]) order by s.starts_at, s.id`,
    [ids],
  )
  return rows.map(toFacts)
}

function toFacts(row: FactsRow): ShowFacts {
  const window = salesWindow(row)
  return {
    showId: row.id,
    version: row.version,
    theaterId: row.theater_id,
    theaterName: row.theater_name,
    theaterAddress: `${row.address}, ${row.city}`,
    city: row.city,
    ...(row.lat !== null && row.lon !== null ? { location: { lat: row.lat, lon: row.lon } } : {}),
    screenId: row.screen_id,
    screenName: row.screen_name,
    movieId: row.movie_id,
    movieTitle: row.movie_title,
    runtimeMinutes: row.runtime_minutes,
    distributor: null,
    startsAt: row.starts_at.toString(),
    endsAt: row.starts_at.add({ minutes: row.trailer_minutes + row.runtime_minutes }).toString(),
    timeZone: row.time_zone,
    localStart: row.local_start,
    day: row.day,
    layoutId: row.layout_id,
    prices: row.prices,
    taxRatePermille: row.tax_rate_permille,
    bookingFee: { amount: row.booking_fee, currency: row.currency },
    currency: row.currency,
    salesFrom: row.sales_from.toString(),
    onlineUntil: window.onlineUntil.toString(),
    counterUntil: window.counterUntil.toString(),
    refundCutoffMinutes: row.refund_cutoff_minutes,
  }
}
