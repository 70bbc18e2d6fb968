import type { bookingContract, Order } from '@marquee/contracts/booking'
import { guestCheckout } from '@marquee/contracts/flags'
import { type Caller, expectedVersion, fail, type Handlers, invalid, reply } from '@marquee/kit/contract'
import type { Flags } from '@marquee/kit/flags'
import { crashPoint } from '@marquee/kit/resilience'
import type { Database } from '@marquee/kit/sql'
import type { createExtendHold, createReleaseOrder } from './change-hold.ts'
import type { HoldRequest, HoldSeats } from './hold-seats.ts'
import type { BookingMetrics } from './metrics.ts'
import type { OrderSecrets } from './order-secret.ts'
import { findOrder } from './order-view.ts'
import { roleAt } from './people-store.ts'
import { presentOrder } from './present-order.ts'
import { refuse } from './refuse.ts'
import { findShow } from './sales-view.ts'
import { changeSince, ifCancelled, type SeatBoards } from './seat-board.ts'
import type { ShowLibrary } from './show-library.ts'
import type { createSwapSeats } from './swap-seats.ts'

type Names = 'getSeats' | 'createOrder' | 'swapSeats' | 'extendHold' | 'releaseOrder'
export type HoldRoutes = Pick<Handlers<(typeof bookingContract)['endpoints']>, Names>
type Deps = {
  db: Database
  boards: SeatBoards
  library: ShowLibrary
  secrets: OrderSecrets
  holdSeats: HoldSeats
  swapSeats: ReturnType<typeof createSwapSeats>
  extendHold: ReturnType<typeof createExtendHold>
  releaseOrder: ReturnType<typeof createReleaseOrder>
  flags: Flags
  metrics: BookingMetrics
  ids: { uuid: () => string }
}

export function createHoldRoutes(deps: Deps): HoldRoutes {
  const {
    db,
    boards,
    library,
    secrets,
    holdSeats,
    swapSeats,
    extendHold,
    releaseOrder,
    flags,
    metrics,
    ids,
  } = deps

  return {
    async getSeats({ showId, since }) {
      const board = await boards.current(showId)
      if (!board) return fail('not-found')
      if (since === board.version) return reply(304, undefined as never)
      const change = since === undefined ? undefined : changeSince(board, since)
      const { version, layoutId: layout, taken } = board
      return reply(200, change ?? { version, layout, taken: [...taken], ...ifCancelled(board) })
    },

    async createOrder(input, { caller, idempotency }) {
      const { showId, channel, seats, bestAvailable, email } = input
      const userId = caller.userId ?? null
      if (userId === null && !(await flags.isOn(guestCheckout, caller)))
        return fail('unauthenticated', undefined, 'Log in to buy tickets')
      if (channel === 'counter' && !(await worksThere(showId, caller))) return fail('forbidden')
      if (userId === null && email === undefined)
        return invalid([{ path: 'email', message: 'guests must give an address for their tickets' }])
      const buyer =
        channel === 'online'
          ? { userId, network: caller.network ?? null }
          : { userId: null, network: null, soldBy: caller.userId }
      const whole = { orderId: ids.uuid(), showId, channel, email: email ?? null, idempotency }
      const wish = seats ? { seats } : bestAvailable ? { bestAvailable } : { seats: [] }
      const request: HoldRequest = { ...whole, ...buyer, ...wish }
      const result = await holdSeats.hold(request)
      metrics.held(result.ok ? 'held' : result.code)
      if (!result.ok) return refuse(result)
      crashPoint('booking.hold.committed')
      const held = { ...result.order, showCancelled: false, tickets: [], refunds: [] }
      const order = presentOrder(held, result.show.facts)
      return reply(201, userId === null ? { ...order, secret: secrets.of(order.id) } : order)
    },

    async swapSeats({ orderId, seats }, request) {
      const result = await swapSeats(orderId, seats, expectedVersion(request))
      return result.ok ? shown(orderId) : refuse(result)
    },

    async extendHold({ orderId }) {
      const result = await extendHold(orderId)
      return result.ok ? shown(orderId) : refuse(result)
    },

    async releaseOrder({ orderId }) {
      const result = await releaseOrder(orderId)
      return result.ok ? reply(204, undefined as never) : refuse(result)
    },
  }

  async function worksThere(showId: string, caller: Caller): Promise<boolean> {
    const show = await findShow(db, showId)
    return caller.userId !== undefined && !!show && (await roleAt(db, show.theaterId, caller.userId)) !== null
  }

  async function shown(orderId: string): Promise<Order | ReturnType<typeof fail>> {
    const order = await findOrder(db, orderId)
    const show = order && (await library.find(db, order.showId))
    return order && show ? presentOrder(order, show.facts) : fail('not-found')
  }
}
