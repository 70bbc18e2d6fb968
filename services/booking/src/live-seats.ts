import { ShowId } from '@marquee/contracts/common'
import { webSocketRoute } from '@marquee/kit/http'
import { z } from 'zod'
import type { SeatWatch } from './seat-watch.ts'

type App = Parameters<typeof webSocketRoute>[0]

const Query = z.object({ show: ShowId, since: z.coerce.number().int().min(0).optional() })

// Beyond this a client reads too slowly; it gets a snapshot once it has caught up.
const mostBytesWaiting = 256 * 1024
const policyViolation = 1008
const tryAgainLater = 1013
// What a database whose wires fell silent takes at most, with some to spare.
const registersWithin = 8000

/** `GET /api/live?show=&since=`: a snapshot, then what changes. */
export function liveSeatsRoute(watch: SeatWatch): (app: App) => void {
  return (app) =>
    webSocketRoute(app, '/api/live', (channel, given) => {
      const query = Query.safeParse(given)
      if (!query.success) return channel.close(policyViolation, 'say which show')
      let closed = false
      let leave: (() => void) | undefined
      // The beat goes on whatever happens here, so that nobody else would notice.
      const late = setTimeout(() => channel.close(tryAgainLater, 'try again'), registersWithin)
      channel.onClose(() => {
        clearTimeout(late)
        closed = true
        leave?.()
      })
      const watcher = { send: channel.send, keepsUp: () => channel.waiting() < mostBytesWaiting }
      watch.watch(query.data.show, watcher, query.data.since).then(
        (unwatch) => {
          clearTimeout(late)
          leave = unwatch
          if (!unwatch) channel.close(policyViolation, 'there is no such show')
          else if (closed) unwatch()
        },
        // The client comes back by itself; whatever failed here is seen by health checks.
        () => channel.close(tryAgainLater, 'try again'),
      )
    })
}
