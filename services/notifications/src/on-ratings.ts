import { ratedGroup } from '@marquee/contracts/notifications'
import { on } from '@marquee/kit/events'
import { withdrawInvitations } from './notification-store.ts'
import { filmPage } from './templates/notices.ts'

/** Asks nobody how a film was who rates it on the way home, before they would be asked. */
export const onRatings = () =>
  on(ratedGroup, {
    'ratings.recorded.v1': ({ payload: { changes } }, tx) =>
      withdrawInvitations(
        tx,
        changes
          .filter(({ stars }) => stars !== null)
          .map(({ userId, movieId }) => ({ userId, link: filmPage(movieId) })),
      ),
  })
