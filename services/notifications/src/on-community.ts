import { noticesGroup } from '@marquee/contracts/notifications'
import type { reviewsContract } from '@marquee/contracts/reviews'
import type { Client } from '@marquee/kit/contract'
import { onOutside } from '@marquee/kit/events'
import type { Ids } from '@marquee/kit/service'
import type { Transaction } from '@marquee/kit/sql'
import { isErased } from './mail-store.ts'
import { tell } from './notification-store.ts'
import { admittedNotice, commentNotice, type Notice, showNearbyNotice } from './templates/notices.ts'

type Deps = { ids: Ids; reviews: Client<(typeof reviewsContract)['endpoints']> }
type About = {
  userId: string
  kind: string
  source: string
  notice: Notice
  aboutUserId?: string | undefined
  inMinutes?: number
}

// From the door to the end of most films.
const untilSeen = 180

/** Tells people on the site what others did and what concerns them, each once. */
export function onCommunity({ ids, reviews }: Deps) {
  const notify = async (tx: Transaction, { userId, source, notice, ...about }: About) => {
    if (await isErased(tx, userId)) return
    await tell(tx, { id: ids.uuid(), userId, source: `${about.kind}:${source}`, ...notice, ...about })
  }
  return onOutside(noticesGroup, {
    'watchlist.show-nearby.v1': async ({ id, payload }, apply) => {
      const { userId, movieId, theaterId } = payload
      await apply((tx) =>
        notify(tx, {
          userId,
          kind: 'show-nearby',
          // Of a film taken off the list and put back watchlist tells again; here it was told.
          source: theaterId ? `${userId}:${movieId}:${theaterId}` : id,
          notice: showNearbyNotice(payload),
        }),
      )
    },
    'review.commented.v1': async ({ payload }, apply) => {
      const { userId, commentId, commenterId } = payload
      await apply(async (tx) => {
        // An erased person's comment stands without a name, and is told so.
        const nameless = commenterId !== undefined && (await isErased(tx, commenterId))
        await notify(tx, {
          userId,
          kind: 'review-commented',
          source: commentId,
          aboutUserId: nameless ? undefined : commenterId,
          notice: commentNotice(nameless ? { ...payload, commenterName: '' } : payload),
        })
      })
    },
    'ticket.admitted.v1': async ({ payload }, apply) => {
      const { userId, movieId, showId } = payload
      // Guests have no page to be told on; who has rated the film has said how it is.
      if (userId === null || (await hasRated({ userId, movieId }))) return
      await apply((tx) =>
        notify(tx, {
          userId,
          kind: 'rate-film',
          // Who brings friends on one account is asked once.
          source: `${userId}:${showId}`,
          notice: admittedNotice(payload),
          inMinutes: untilSeen,
        }),
      )
    },
  })

  async function hasRated(about: { userId: string; movieId: string }): Promise<boolean> {
    const asked = await reviews.asService().attempt.ratingOf(about)
    // When reviews do not answer, better asked twice than never.
    return asked.ok && asked.value.stars !== null
  }
}
