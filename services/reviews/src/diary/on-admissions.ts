import { reviewsAdmissionsGroup } from '@marquee/contracts/reviews'
import { onOutside, type Subscription } from '@marquee/kit/events'
import type { Transaction } from '@marquee/kit/sql'
import type { ForgetPages } from '../forget-pages.ts'
import type { PeopleCopy } from '../people-copy.ts'
import type { NoteSeen } from '../reviews/seen-at.ts'
import { holdPerson, insertEntries } from './diary-store.ts'

type Deps = {
  people: Pick<PeopleCopy, 'find'>
  noteSeen: NoteSeen
  forgetPages: ForgetPages
  newId: () => string
}
type Seen = {
  userId: string
  movieId: string
  showId: string
  day: string
  admittedAt: string
  theaterName: string | undefined
}

/** Makes an admitted ticket a viewing in its holder's diary: one for each show, however many tickets. */
export function onAdmissions({ people, noteSeen, forgetPages, newId }: Deps): Subscription {
  return onOutside(reviewsAdmissionsGroup, {
    'ticket.admitted.v1': async ({ payload }, apply) => {
      const { userId, movieId, showId, theaterName, admittedAt } = payload
      if (userId === null || !(await people.find([userId])).has(userId)) return
      const day =
        payload.day ?? Temporal.Instant.from(admittedAt).toZonedDateTimeISO('UTC').toPlainDate().toString()
      await apply((tx) => writeDown(tx, { userId, movieId, showId, day, admittedAt, theaterName }))
      if (theaterName !== undefined) {
        const seenAt = { theaterName, on: day }
        await noteSeen({ userId, movieId, seenAt, admittedAt: Temporal.Instant.from(admittedAt) })
      }
      await forgetPages({ people: [userId] })
    },
  })

  async function writeDown(tx: Transaction, seen: Seen): Promise<void> {
    const { userId, movieId, showId, day, admittedAt, theaterName } = seen
    if (!(await holdPerson(tx, userId))) return
    const { rowCount } = await tx.query(
      `insert into admissions (user_id, movie_id, show_id, theater_name, day, admitted_at)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
      [userId, movieId, showId, theaterName ?? null, day, admittedAt],
    )
    if (rowCount === 0) return
    const { rowCount: earlier } = await tx.query(
      `select 1 from diary where user_id = $1 and movie_id = $2 and viewed <= $3 limit 1`,
      [userId, movieId, day],
    )
    const { rows: since } = await tx.query<{ half: number; ratingSequence: number }>(
      `select stars as half, sequence as "ratingSequence" from ratings
        where user_id = $1 and movie_id = $2 and stars > 0 and rated_at >= $3`,
      [userId, movieId, admittedAt],
    )
    await insertEntries(tx, [
      {
        id: newId(),
        userId,
        movieId,
        watchedOn: day,
        liked: false,
        rewatch: earlier > 0,
        tags: [],
        note: '',
        // Where somebody was is theirs to tell.
        visibility: 'private',
        ...(theaterName === undefined ? {} : { theaterName, seenOn: day }),
        showId,
        // Rated on the way home, while the door was still without a network.
        ...(since[0] ?? { half: null }),
      },
    ])
  }
}
