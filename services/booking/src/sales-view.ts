import type { Queryable, Reading } from '@marquee/kit/sql'

export type ShowFigures = {
  showId: string
  capacity: number
  sold: number
  held: number
  admitted: number
  takings: number
  currency: string
  orders: number
  refunded: number
  givenBack: number
}

/** Figures of a theater's shows by cinema day, both ends included. Takings are what was paid less what is owed back. */
export async function readSales(
  db: Reading,
  { theaterId, from, to }: { theaterId: string; from: string; to: string },
): Promise<ShowFigures[]> {
  const { rows } = await db.query<ShowFigures>(
    `select s.id as "showId", f.capacity, f.facts ->> 'currency' as currency,
            coalesce(t.sold, 0)::int as sold, coalesce(t.admitted, 0)::int as admitted,
            coalesce(c.held, 0)::int as held, coalesce(o.orders, 0)::int as orders,
            (coalesce(o.paid, 0) - coalesce(r.owed, 0))::bigint as takings,
            coalesce(r.refunded, 0)::int as refunded, coalesce(r.owed, 0)::bigint as "givenBack"
       from shows s join show_facts f on f.show_id = s.id
       left join lateral (select count(*) as sold, count(admitted_at) as admitted from tickets
         where show_id = s.id and refunded_at is null) t on true
       left join lateral (select count(*) as held from seat_claims
         where show_id = s.id and (state = 'paying' or state = 'held' and expires_at > clock())) c on true
       left join lateral (select count(*) as orders, sum(total) as paid from orders
         where show_id = s.id and status in ('confirmed', 'partly-refunded', 'refunded')) o on true
       left join lateral (select count(*) as refunded, sum(r.amount) as owed from refunds r
         join tickets k on k.id = r.ticket_id where k.show_id = s.id) r on true
      where s.theater_id = $1 and s.day::text between $2 and $3 order by s.starts_at, s.id`,
    [theaterId, from, to],
  )
  return rows
}

export type Touched = { tickets: number; orders: number; holds: number; money: number; currency: string }

/** What cancelling a show would give back. */
export async function readCancellation(db: Queryable, showId: string): Promise<Touched | undefined> {
  const { rows } = await db.query<Touched>(
    `select f.facts ->> 'currency' as currency,
            (select count(*) from tickets t where t.show_id = s.id and t.refunded_at is null)::int as tickets,
            (select count(distinct t.order_id) from tickets t where t.show_id = s.id and t.refunded_at is null)::int
              as orders,
            (select count(*) from orders o where o.show_id = s.id and o.status in ('held', 'paying'))::int as holds,
            (select coalesce(sum(t.price + t.fee), 0) from tickets t
              where t.show_id = s.id and t.refunded_at is null)::bigint as money
       from shows s join show_facts f on f.show_id = s.id where s.id = $1`,
    [showId],
  )
  return rows[0]
}

export async function readSeatsLeft(
  db: Queryable,
  showIds: readonly string[],
): Promise<{ showId: string; capacity: number; left: number }[]> {
  const { rows } = await db.query<{ showId: string; capacity: number; left: number }>(
    `select f.show_id as "showId", f.capacity, greatest(0, f.capacity - coalesce(c.taken, 0))::int as left
       from show_facts f left join (
         select show_id, count(*) as taken from seat_claims where show_id = any($1::uuid[]) group by show_id
       ) c on c.show_id = f.show_id
      where f.show_id = any($1::uuid[])`,
    [showIds],
    { name: 'booking-seats-left' },
  )
  return rows
}

export async function readTakenSeats(
  db: Queryable,
  showIds: readonly string[],
): Promise<{ showId: string; seats: string[] }[]> {
  const { rows } = await db.query<{ showId: string; seats: string[] }>(
    `select show_id as "showId", array_agg(seat_id order by seat_id) as seats
       from seat_claims where show_id = any($1::uuid[]) group by show_id`,
    [showIds],
  )
  return rows
}

export type TheaterOfShow = { theaterId: string; cancelled: boolean }

export async function findShow(db: Queryable, showId: string): Promise<TheaterOfShow | undefined> {
  const { rows } = await db.query<TheaterOfShow>(
    `select theater_id as "theaterId", cancelled from shows where id = $1`,
    [showId],
    { name: 'booking-find-show' },
  )
  return rows[0]
}
