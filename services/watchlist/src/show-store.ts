import type { ShowFacts } from '@marquee/contracts/theaters'
import type { Queryable, Transaction } from '@marquee/kit/sql'

export type Show = {
  id: string
  movieId: string
  movieTitle: string
  theaterId: string
  theaterName: string
  city: string | null
  location: { lat: number; lon: number } | undefined
  localStart: string
}
type ShowRow = Omit<Show, 'location'> & { lat: number | null; lon: number | null }

const columns = `id, movie_id as "movieId", movie_title as "movieTitle", theater_id as "theaterId",
  theater_name as "theaterName", city, lat, lon, local_start as "localStart"`
const upcoming = 'not cancelled and starts_at > clock() and on_sale_until > clock()'

const toShow = ({ lat, lon, ...row }: ShowRow): Show => ({
  ...row,
  location: lat !== null && lon !== null ? { lat, lon } : undefined,
})

/**
 * Keeps what is newer than what we have; answers whether the film is on here for the first time by this show, or again
 * since its theater opened anew.
 */
export async function keepShow(tx: Transaction, facts: ShowFacts): Promise<boolean> {
  const { rows } = await tx.query<{ is_new: boolean }>(
    `insert into shows (id, version, movie_id, movie_title, theater_id, theater_name, city, lat, lon, starts_at, local_start, on_sale_until, cancelled)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, exists (select from cancelled_shows where id = $1))
     on conflict (id) do update set version = excluded.version, movie_id = excluded.movie_id,
       movie_title = excluded.movie_title, theater_name = excluded.theater_name, city = excluded.city, lat = excluded.lat, lon = excluded.lon,
       starts_at = excluded.starts_at, local_start = excluded.local_start, on_sale_until = excluded.on_sale_until
     where shows.version < excluded.version
     returning old.movie_id is distinct from new.movie_id or (old.on_sale_until <= clock() and new.on_sale_until > clock()) as is_new`,
    [
      facts.showId,
      facts.version,
      facts.movieId,
      facts.movieTitle,
      facts.theaterId,
      facts.theaterName,
      facts.city ?? null,
      facts.location?.lat ?? null,
      facts.location?.lon ?? null,
      facts.startsAt,
      facts.localStart,
      facts.counterUntil,
    ],
    { name: 'watchlist-keep-show' },
  )
  return rows[0]?.is_new ?? false
}

export async function cancelShow(tx: Transaction, showId: string): Promise<void> {
  await tx.query('insert into cancelled_shows (id, heard_at) values ($1, clock()) on conflict do nothing', [
    showId,
  ])
  await tx.query('update shows set cancelled = true where id = $1', [showId])
}

/** The show, while it can still be told of. */
export async function findUpcoming(db: Queryable, showId: string): Promise<Show | undefined> {
  const { rows } = await db.query<ShowRow>(`select ${columns} from shows where id = $1 and ${upcoming}`, [
    showId,
  ])
  return rows.map(toShow)[0]
}

/** The next show of each of the films in each theater, by film, soonest first. */
export async function upcomingOf(db: Queryable, movieIds: readonly string[]): Promise<Map<string, Show[]>> {
  const { rows } = await db.query<ShowRow>(
    `select ${columns} from (
       select distinct on (movie_id, theater_id) * from shows
        where movie_id = any($1::uuid[]) and ${upcoming} order by movie_id, theater_id, starts_at) as next
      order by starts_at, id`,
    [movieIds],
    { name: 'watchlist-upcoming-of' },
  )
  return Map.groupBy(rows.map(toShow), ({ movieId }) => movieId)
}

/** Forgets shows that are long over. */
export async function forgetShows(db: Queryable): Promise<void> {
  // Asked first: beside a moving clock PostgreSQL would not use an index.
  const { rows } = await db.query<{ over: string; forgotten: string }>(
    `select (clock() - interval '2 days')::text as over, (clock() - interval '90 days')::text as forgotten`,
  )
  for (const { over, forgotten } of rows) {
    await db.query('delete from shows where starts_at < $1::timestamptz', [over])
    await db.query('delete from cancelled_shows where heard_at < $1::timestamptz', [forgotten])
  }
}
