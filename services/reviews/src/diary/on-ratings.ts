import { reviewsViewingsGroup } from '@marquee/contracts/reviews'
import { on, type Subscription } from '@marquee/kit/events'

/** For so many days after a ticket was admitted a rating is about that evening. */
const days = 14

// Stars that its owner gave the viewing stay; those it has from a rating follow it. The edition stays as well: a form that
// is open meanwhile sends only what is changed in it.
const follow = `
  update diary d set stars = (g.stars * 2)::smallint, rating_sequence = g.sequence
    from jsonb_to_recordset($1::jsonb) as g
           ("userId" uuid, "movieId" uuid, stars numeric, sequence bigint, "ratedAt" timestamptz)
    join admissions a on a.user_id = g."userId" and a.movie_id = g."movieId"
   where d.user_id = a.user_id and d.movie_id = a.movie_id and d.show_id = a.show_id
     and g."ratedAt" >= coalesce(a.admitted_at, a.day)
     and g."ratedAt" < coalesce(a.admitted_at, a.day) + make_interval(days => $2)
     and (d.rating_sequence < g.sequence or d.rating_sequence is null and d.stars is null and g.stars > 0)
     and not exists (select from diary l where l.user_id = d.user_id and l.movie_id = d.movie_id
                        and (l.viewed, l.id) > (d.viewed, d.id))`

/** Lets the viewing that an admitted ticket made have the stars that its owner rates the film with soon after. */
export const onRatings = (): Subscription =>
  on(reviewsViewingsGroup, {
    'ratings.recorded.v1': async ({ payload: { changes } }, tx) => {
      await tx.query(follow, [JSON.stringify(changes), days], { name: 'reviews-follow-rating' })
    },
  })
