import type { Profile } from '@marquee/contracts/reviews'
import type { Reading } from '@marquee/kit/sql'

export type Figures = Omit<Profile, 'userId' | 'handle' | 'name' | 'joinedAt' | 'reviews'>

/**
 * A person's figures in one question. Ratings are public as such; of the diary only what everybody may see counts,
 * since everybody sees the sum.
 */
export async function readFigures(db: Reading, userId: string): Promise<Figures> {
  const { rows } = await db.query<Figures>(
    `with rated as materialized (
       select r.movie_id, r.stars, m.genres, m.year
         from ratings r left join movies m on m.id = r.movie_id
        where r.user_id = $1 and r.stars > 0
     ), watched as materialized (
       select movie_id, watched_on from diary where user_id = $1 and visibility = 'public'
     ), by_genre as (
       select genre as name, count(*) as count, avg(stars)::float8 / 2 as average
         from rated, unnest(genres) as genre group by genre order by count(*) desc, genre limit 10
     ), by_decade as (
       select year / 10 * 10 as decade, count(*) as count from rated where year is not null group by 1
     ), by_year as (
       select extract(year from watched_on)::int as year, count(*) as viewings
         from watched where watched_on is not null group by 1
     )
     select (select count(*) from (select movie_id from rated union select movie_id from watched) seen) as films,
            (select count(*) from rated) as ratings,
            (select avg(stars)::float8 / 2 from rated) as average,
            array(select count(stars) from generate_series(1, 10) as half left join rated on stars = half
                   group by half order by half) as histogram,
            (select count(*) from follows where followee_id = $1) as followers,
            (select count(*) from follows where follower_id = $1) as following,
            coalesce((select jsonb_agg(by_genre) from by_genre), '[]') as genres,
            coalesce((select jsonb_agg(by_decade order by decade) from by_decade), '[]') as decades,
            coalesce((select jsonb_agg(by_year order by year) from by_year), '[]') as years`,
    [userId],
    { name: 'reviews-profile-figures' },
  )
  const [row] = rows
  if (!row) throw new Error('a query for one row gave none')
  return row
}
