import { noticesGroup } from '@marquee/contracts/notifications'
import { on } from '@marquee/kit/events'
import type { Ids } from '@marquee/kit/service'
import type { Transaction } from '@marquee/kit/sql'
import { isErased } from './mail-store.ts'
import { tell } from './notification-store.ts'
import { admittedNotice, commentNotice, type Notice, showNearbyNotice } from './templates/notices.ts'

type About = { userId: string; kind: string; source: string; notice: Notice; inMinutes?: number }

// From the door to the end of most films.
const untilSeen = 180

/** Tells people on the site what others did and what concerns them, each once. */
export function onCommunity({ ids }: { ids: Ids }) {
  const notify = async (tx: Transaction, { userId, source, notice, ...about }: About) => {
    if (await isErased(tx, userId)) return
    await tell(tx, { id: ids.uuid(), userId, source: `${about.kind}:${source}`, ...notice, ...about })
  }
  return on(noticesGroup, {
    'watchlist.show-nearby.v1': ({ id, payload }, tx) =>
      notify(tx, {
        userId: payload.userId,
        kind: 'show-nearby',
        source: id,
        notice: showNearbyNotice(payload),
      }),
    'review.commented.v1': ({ payload }, tx) =>
      notify(tx, {
        userId: payload.userId,
        kind: 'review-commented',
        source: payload.commentId,
        notice: commentNotice(payload),
      }),
    'ticket.admitted.v1': async ({ payload }, tx) => {
      // Guests have no page to be told on.
      if (payload.userId === null) return
      await notify(tx, {
        userId: payload.userId,
        kind: 'rate-film',
        // Who brings friends on one account is asked once.
        source: `${payload.userId}:${payload.showId}`,
        notice: admittedNotice(payload),
        inMinutes: untilSeen,
      })
    },
  })
}
