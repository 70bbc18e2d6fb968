import type { Queryable } from '@marquee/kit/sql'

/** What somebody did with a film: when, and when it was told. Instants in RFC 3339. */
type Act = { userId: string; movieId: string; at: string; toldAt: string }
export type Rated = Act
export type Wished = Act & { listed: boolean; version: number }
export type Bought = { movieId: string; tickets: number; toldAt: string }
export type Acts = { rated: readonly Rated[]; wished: readonly Wished[]; bought: readonly Bought[] }

/** What an act says of the interest in a film. */
const points = { rating: 1, wish: 2, ticket: 2 }

// Told later than that, it is of the past: somebody brought along what they rated elsewhere.
const lately = "at > told_at - interval '1 day'"
// A clock may be ahead, and a diary from elsewhere name a day to come.
const dayOf = "(least(at, told_at) at time zone 'UTC')::date"
const markOf = 'hashtextextended(user_id::text || movie_id::text, 0)'

const earn = `
  with rated as materialized (
    select distinct ${markOf} as mark, movie_id, ${dayOf} as day
      from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) as told (user_id, movie_id, at, told_at)
     where ${lately}
  ), first_of_day as (
    insert into rating_marks (day, mark) select day, mark from rated order by day, mark
    on conflict do nothing returning day, mark
  ), wished as materialized (
    select distinct on (mark) ${markOf} as mark, movie_id, version,
           case when listed and ${lately} then ${dayOf} end as day
      from unnest($5::uuid[], $6::uuid[], $7::timestamptz[], $8::timestamptz[], $9::boolean[], $10::bigint[])
        as told (user_id, movie_id, at, told_at, listed, version)
     order by mark, version desc
  ), settled as (
    insert into wish_marks as known (mark, version, day, told_on)
    select mark, version, day, (clock() at time zone 'UTC')::date from wished order by mark
    on conflict (mark) do update set version = excluded.version, day = excluded.day, told_on = excluded.told_on
    where known.version < excluded.version
    returning mark, old.day as before, new.day as day
  ), earned as (
    select movie_id, day, ${points.rating} as points from rated join first_of_day using (day, mark)
    union all
    select movie_id, before, -${points.wish} from wished join settled using (mark) where before is not null
    union all
    select movie_id, settled.day, ${points.wish} from wished join settled using (mark) where settled.day is not null
    union all
    select movie_id, (told_at at time zone 'UTC')::date, ${points.ticket} * tickets
      from unnest($11::uuid[], $12::int[], $13::timestamptz[]) as told (movie_id, tickets, told_at)
  )
  insert into film_activity as known (movie_id, day, points)
  select movie_id, day, sum(points)::int from earned
   group by movie_id, day having sum(points) <> 0 order by movie_id, day
  on conflict (movie_id, day) do update set points = known.points + excluded.points`

/** Writes the points that films have of each day (UTC). */
export const pointsStore = {
  /**
   * Adds the points of what was done lately, in one statement, whatever order it is told in. A rating earns one, once a
   * person, film and day; a wish two while it stands, of the day it was made; each ticket two.
   */
  async earn(tx: Queryable, { rated, wished, bought }: Acts): Promise<void> {
    if (rated.length + wished.length + bought.length === 0) return
    await tx.query(
      earn,
      [
        rated.map(({ userId }) => userId),
        rated.map(({ movieId }) => movieId),
        rated.map(({ at }) => at),
        rated.map(({ toldAt }) => toldAt),
        wished.map(({ userId }) => userId),
        wished.map(({ movieId }) => movieId),
        wished.map(({ at }) => at),
        wished.map(({ toldAt }) => toldAt),
        wished.map(({ listed }) => listed),
        wished.map(({ version }) => version),
        bought.map(({ movieId }) => movieId),
        bought.map(({ tickets }) => tickets),
        bought.map(({ toldAt }) => toldAt),
      ],
      { name: 'movies.earn-points' },
    )
  },

  /** Forgets the points of days that are so many days ago, and who earned them. Waits for nobody who is at one. */
  async forget(tx: Queryable, days: number): Promise<void> {
    // Asked first: beside a moving clock PostgreSQL would not use an index.
    const { rows } = await tx.query<{ over: string }>(
      `select ((clock() at time zone 'UTC')::date - $1::int)::text as over`,
      [days],
    )
    const over = rows.map((row) => row.over)
    await tx.query('delete from film_activity where day <= $1::date', over)
    await tx.query('delete from rating_marks where day <= $1::date', over)
    await tx.query(
      `delete from wish_marks where mark in
         (select mark from wish_marks where told_on <= $1::date for update skip locked)`,
      over,
    )
  },
}
