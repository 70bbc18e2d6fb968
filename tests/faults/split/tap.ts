import { contracts } from '@marquee/contracts'
import type { Envelope } from '@marquee/kit/events'
import type { Database } from '@marquee/kit/sql'

/** Keeps a copy of every event that is published and of every word that a group applied one. */
export async function installTap(db: Database): Promise<void> {
  await db.query('create schema tap')
  await db.query(`create table tap.published (
    id uuid primary key, service text, name text, key text, version bigint, place bigint, payload jsonb, correlation_id text,
    occurred_at timestamptz, at timestamptz not null default clock_timestamp())`)
  // A broker that lost everything is given again what was published long ago.
  await db.query('create table tap.began as select uuidv7() as id')
  await db.query('create table tap.earlier (movie_id uuid primary key, points int)')
  await db.query('create table tap.earlier_ratings (day date, mark bigint, primary key (day, mark))')
  await db.query('create table tap.earlier_wishes (mark bigint primary key, version bigint, day date)')
  await db.query('create table tap.applied (group_name text, event_id uuid)')
  await db.query(`create function tap.note_published() returns trigger language plpgsql security definer as $$
    begin
      insert into tap.published (id, service, name, key, version, place, payload, correlation_id, occurred_at)
        select id, tg_table_schema, name, key, version, position, payload, correlation_id, occurred_at from added
         where id > (select id from tap.began)
        on conflict do nothing;
      return null;
    end $$`)
  await db.query(`create function tap.note_applied() returns trigger language plpgsql security definer as $$
    begin
      insert into tap.applied select group_name, event_id from added;
      return null;
    end $$`)
  await db.query('grant usage on schema tap to public')
  const { rows } = await db.query<{ name: string }>(
    `select table_schema as name from information_schema.tables where table_name = 'outbox'`,
  )
  for (const { name } of rows) {
    const after = 'referencing new table as added for each statement execute function'
    await db.query(`create trigger tapped after insert on ${name}.outbox ${after} tap.note_published()`)
    await db.query(`create trigger tapped after insert on ${name}.applied_events ${after} tap.note_applied()`)
  }
  await forgetEvents(db)
}

// Every group there is. Those whose effect lies outside any transaction remember an event once they are through with it;
// that they may have done it twice until then shows in what they keep, which is compared with what it follows.
const wants = contracts.flatMap(({ groups }) =>
  groups.flatMap((group) => group.events.map(({ name }) => ({ group: group.name, name }))),
)

/** Begins anew: what was published so far is nobody's business any more. */
export async function forgetEvents(db: Database): Promise<void> {
  await db.query('truncate tap.published, tap.applied, tap.earlier, tap.earlier_ratings, tap.earlier_wishes')
  await db.query('update tap.began set id = uuidv7()')
  await db.query('insert into tap.earlier select movie_id, sum(points) from movies.film_activity group by 1')
  await db.query('insert into tap.earlier_ratings select day, mark from movies.rating_marks')
  await db.query('insert into tap.earlier_wishes select mark, version, day from movies.wish_marks')
}

/** What became of events: each must have been applied once by every group that wants it, and have its effect once. */
export async function eventsAmiss(db: Database): Promise<string[]> {
  const { rows: counts } = await db.query<{ group: string; name: string; id: string; times: number }>(
    `select w."group", p.name, p.id, count(a.event_id)::int as times
       from unnest($1::text[], $2::text[]) as w ("group", name)
       join tap.published p on p.name = w.name
       left join tap.applied a on a.group_name = w."group" and a.event_id = p.id
      group by 1, 2, 3 having count(a.event_id) <> 1`,
    [wants.map(({ group }) => group), wants.map(({ name }) => name)],
  )
  const problems = counts.map(({ group, name, id, times }) => `${group} applied ${name} ${id} ${times} times`)
  return [...firstFew(problems), ...(await pointsAmiss(db))]
}

const markOf = "hashtextextended((act ->> 'userId') || (act ->> 'movieId'), 0)"
// An act counts for the day it was done, and only when it was told within a day.
const actDay = (at: string) => `case when coalesce((act ->> '${at}')::timestamptz, occurred_at)
  > occurred_at - interval '1 day' then (least((act ->> '${at}')::timestamptz, occurred_at) at time zone 'UTC')::date end`

/**
 * Points of what is trending are added up from what was published: one for stars, once a person, film and day; two for a
 * wish that stands; two for a ticket. Whatever was never applied shows in the sum, and tickets that were applied twice.
 */
export async function pointsAmiss(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ film: string; earned: number; stand: number }>(
    `with acts as (
       select 'rating' as kind, act, occurred_at
         from tap.published, jsonb_array_elements(payload -> 'changes') as act where name = 'ratings.recorded.v1'
       union all
       select 'wish', payload, occurred_at from tap.published where name = 'watchlist.changed.v1'
     ), rated as (
       select distinct act ->> 'movieId' as film, ${markOf} as mark, ${actDay('ratedAt')} as day
         from acts where kind = 'rating' and act ->> 'stars' is not null
     ), wished as (
       select distinct on (mark) act ->> 'movieId' as film, ${markOf} as mark, (act ->> 'version')::bigint as version,
              case when (act ->> 'listed')::boolean then ${actDay('addedAt')} end as day
         from acts where kind = 'wish' order by mark, version desc
     ), earned as (
       select film, (rated.day is not null and e.mark is null)::int as points
         from rated left join tap.earlier_ratings e using (day, mark)
       union all
       select film, 2 * ((wished.day is not null)::int - (e.day is not null)::int)
         from wished left join tap.earlier_wishes e using (mark) where coalesce(e.version, 0) < wished.version
       union all
       select payload ->> 'movieId', 2 * least(6, coalesce((payload ->> 'tickets')::int, 1))
         from tap.published where name = 'order.confirmed.v1' and payload ->> 'movieId' is not null
     ), sums as (select film::uuid as film, sum(points)::int as earned from earned group by 1),
     stands as (select movie_id as film, sum(points)::int as points from movies.film_activity group by 1)
     select sums.film::text, sums.earned, coalesce(s.points, 0) - coalesce(e.points, 0) as stand
       from sums left join stands s using (film) left join tap.earlier e on e.movie_id = sums.film
      where sums.earned <> coalesce(s.points, 0) - coalesce(e.points, 0)`,
  )
  return firstFew(
    rows.map(({ film, earned, stand }) => `film ${film} earned ${earned} points and has ${stand}`),
  )
}

/** Copies that services keep of each other's facts, beside the newest. */
export async function copiesAmiss(db: Database): Promise<string[]> {
  const { rows } = await db.query<{ what: string }>(
    `select c.whose || ' has film ' || m.id || ' as ' || c.title || ', it is ' || (m.film ->> 'title') as what
       from movies.movies m join (
         select 'reviews' as whose, id, title from reviews.movies
         union all select 'theaters', id, title from theaters.movies
       ) c on c.id = m.id where c.title <> m.film ->> 'title'
     union all
     select 'booking has show ' || s.id || ' at version ' || c.facts_version || ' of ' || s.version
       from theaters.shows s join booking.shows c on c.id = s.id where c.facts_version <> s.version
     union all
     select 'reviews counts film ' || f.movie_id || ' as ' || f.count || ' and ' || f.sum || ', its ratings are '
            || coalesce(r.count, 0) || ' and ' || coalesce(r.sum, 0)
       from reviews.film_ratings f left join (
         select movie_id, count(*) as count, sum(stars) as sum from reviews.ratings where stars > 0 group by movie_id
       ) r on r.movie_id = f.movie_id
      where f.count <> coalesce(r.count, 0) or f.sum <> coalesce(r.sum, 0)
     union all
     select 'movies has film ' || f.movie_id || ' rated ' || c.count || ' times, it was ' || f.count
       from reviews.film_ratings f join movies.film_ratings c on c.movie_id = f.movie_id
      where c.count <> f.count or c.sum <> f.sum
     union all
     select 'review ' || d.id || ' shows ' || coalesce(d.data ->> 'stars', 'no') || ' stars, its writer gave '
            || trim_scale(coalesce(r.stars / 2.0, 0))
       from reviews.documents_reviews d
       left join reviews.ratings r on r.user_id::text || '/' || r.movie_id::text = d.data ->> 'writerFilm'
      where d.data ->> 'writerId' is not null
        and coalesce((d.data ->> 'stars')::numeric, 0) <> trim_scale(coalesce(r.stars / 2.0, 0))
     union all
     select 'comment ' || c.id || ' stands under a review that is gone'
       from reviews.documents_comments c
      where c.data is not null and not exists (
        select from reviews.documents_reviews d where d.id = c.data ->> 'reviewId' and d.data is not null)
     union all
     select 'reviews calls ' || u.id || ' ' || p.handle || ' (' || p.name || '), they are ' || u.handle || ' (' || u.name || ')'
       from reviews.people p join identity.users u on u.id = p.user_id
      where p.erased <> (u.erased_at is not null) or not p.erased and (p.handle, p.name) <> (u.handle, u.name)
     union all
     select 'who was admitted to show ' || a.show_id || ' has it ' || count(d.id) || ' times in their diary'
       from (select distinct (payload ->> 'userId')::uuid as user_id, (payload ->> 'showId')::uuid as show_id
               from tap.published where name = 'ticket.admitted.v1' and payload ->> 'userId' is not null) a
       join reviews.people p on p.user_id = a.user_id and not p.erased
       left join reviews.diary d on d.user_id = a.user_id and d.show_id = a.show_id
      group by a.user_id, a.show_id having count(d.id) <> 1`,
  )
  return firstFew(rows.map(({ what }) => what))
}

/** Published some time ago or just now, as the relay would carry them. */
export async function pastEvents(db: Database, count: number, newest: boolean): Promise<Envelope[]> {
  const { rows } = await db.query<
    Omit<Envelope, 'occurredAt' | 'position'> & { position: number; at: Temporal.Instant }
  >(
    `select id, name, key, version, place as position, payload, correlation_id as "correlationId", at
       from tap.published order by ${newest ? 'at desc' : 'random()'} limit $1`,
    [count],
  )
  return rows.map(({ at, ...event }) => ({ ...event, occurredAt: at.toString() }))
}

/** How many events there were, and how many times a group took one. */
export async function eventCounts(db: Database): Promise<{ published: number; applied: number }> {
  const { rows } = await db.query<{ published: number; applied: number }>(
    'select (select count(*)::int from tap.published) as published, (select count(*)::int from tap.applied) as applied',
  )
  return rows[0] ?? { published: 0, applied: 0 }
}

const firstFew = (problems: readonly string[]): string[] =>
  problems.length <= 10 ? [...problems] : [...problems.slice(0, 10), `and ${problems.length - 10} more`]
