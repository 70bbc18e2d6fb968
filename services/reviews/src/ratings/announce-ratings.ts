import { ratingsRecorded } from '@marquee/contracts/reviews'
import type { Publisher } from '@marquee/kit/events'
import type { Database, Transaction } from '@marquee/kit/sql'
import type { z } from 'zod'

type Deps = {
  db: Database
  events: Publisher
  /** Whether so many are rating that telling of it had better wait. */
  isBusy: () => boolean
}
type Payload = z.input<typeof ratingsRecorded.schema>
type Row = { films: Payload['films'] | null; changes: Payload['changes'] | null }

/** What an event carries of each kind. */
const most = 500

const take = `
  with lot as (
    delete from rating_announcements
     where id = (select id from rating_announcements order by id limit 1 for update skip locked)
    returning user_ids, movie_ids, stars, sequences, rated_at
  )
  select (
    select json_agg(json_build_object('movieId', movie_id, 'version', version, 'count', count, 'sum', sum,
             'histogram', histogram))
      from film_ratings where movie_id in (select unnest(movie_ids) from lot)
  ) as films, (
    select json_agg(json_build_object('userId', c.user_id, 'movieId', c.movie_id,
             'stars', case when c.stars > 0 then c.stars / 2.0 end, 'sequence', c.sequence,
             'ratedAt', to_char(c.rated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from lot, unnest(lot.user_ids, lot.movie_ids, lot.stars, lot.sequences, lot.rated_at)
        as c (user_id, movie_id, stars, sequence, rated_at)
  ) as changes`

/** In a burst only every so many runs tell something. */
const runsOfBurst = 10

/**
 * Tells what was settled, oldest first, with the films' figures as they are by now. In a burst only a lot now and then:
 * nobody waits for it as they wait for their own stars. Says how many changes were told.
 */
export function createAnnounceRatings({ db, events, isBusy }: Deps): () => Promise<number> {
  let runs = 0
  return async () => {
    runs += 1
    if (isBusy() && runs % runsOfBurst !== 0) return 0
    let total = 0
    for (;;) {
      const told = await db.transaction(announce)
      total += told
      if (told === 0 || isBusy()) return total
    }
  }

  async function announce(tx: Transaction): Promise<number> {
    const { rows } = await tx.query<Row>(take, [], { name: 'reviews-take-announcement' })
    const { films, changes } = { films: rows[0]?.films ?? [], changes: rows[0]?.changes ?? [] }
    if (changes.length === 0) return 0
    const count = Math.ceil(Math.max(films.length, changes.length) / most)
    await events.publishAll(
      tx,
      Array.from({ length: count }, (_, at) => ({
        event: ratingsRecorded,
        payload: {
          films: films.slice(at * most, (at + 1) * most),
          changes: changes.slice(at * most, (at + 1) * most),
        },
        key: films[0]?.movieId ?? 'ratings',
      })),
    )
    return changes.length
  }
}
