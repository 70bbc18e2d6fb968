import type { paymentsContract } from '@marquee/contracts/payments'
import type { Client } from '@marquee/kit/contract'
import type { Publisher } from '@marquee/kit/events'
import type { Flags } from '@marquee/kit/flags'
import type { Live } from '@marquee/kit/live'
import type { Reads } from '@marquee/kit/service'
import type { Database } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import { createAnnouncer } from './announcer.ts'
import { createBeginPayment } from './begin-payment.ts'
import { createCarryOutRefunds } from './carry-out-refunds.ts'
import { createExtendHold, createReleaseOrder } from './change-hold.ts'
import { createCheckIn } from './check-in.ts'
import { createCheckInRoutes } from './check-in-routes.ts'
import type { BookingConfig } from './config.ts'
import { createEndSilentPayments } from './end-silent-payments.ts'
import { createGuards } from './guards.ts'
import { createHoldRoutes } from './hold-routes.ts'
import { createHoldSeats, type HoldRules } from './hold-seats.ts'
import { openKeys } from './key-store.ts'
import { insertLinkRequest } from './link-request-store.ts'
import { createMailOrderLinks } from './mail-order-links.ts'
import type { BookingMetrics } from './metrics.ts'
import { createOfficeRoutes } from './office-routes.ts'
import { createOrderRoutes } from './order-routes.ts'
import { createOrderSecrets } from './order-secret.ts'
import { createPayOrder } from './pay-order.ts'
import { worksAt } from './people-store.ts'
import { createRefundOrder } from './refund-order.ts'
import { createRoutes } from './routes.ts'
import { createSeatFeed } from './seat-feed.ts'
import { createSeedOrders } from './seed-orders.ts'
import { createSettlePayment } from './settle-payment.ts'
import { createShowDesk } from './show-desk.ts'
import { createShowLibrary } from './show-library.ts'
import { createSwapSeats } from './swap-seats.ts'
import { createSweepHolds } from './sweep-holds.ts'
import { createTellMoves } from './tell-moves.ts'
import { createTicketCodes, ticketKey } from './ticket-code.ts'
import { createWindDownShows } from './wind-down-shows.ts'

export type BookingDeps = {
  config: BookingConfig
  db: Database
  reads: Reads
  events: Publisher
  live: Live
  flags: Flags
  payments: Client<(typeof paymentsContract)['endpoints']>
  metrics: BookingMetrics
  ids: { uuid: () => string }
  now: () => Temporal.Instant
  log: Logger
  origin: string
}

/** The rules of a hold as they are at each look: they change while booking runs. */
const rulesOf = (config: BookingConfig): HoldRules => ({
  get holdMinutes() {
    return config.holdMinutes
  },
  get unpaidSeats() {
    return config.limits === 'on' ? config.unpaidSeats : undefined
  },
  get companionReleaseMinutes() {
    return config.companionReleaseMinutes
  },
})

/** Booking put together: every use case once, with what it uses. */
export async function composeBooking(deps: BookingDeps) {
  const { config, db, reads, events, live, flags, payments, metrics, ids, now, log, origin } = deps
  const { paymentMinutes, silentMinutes } = config
  const keyId = (seed: Buffer) => ticketKey(seed).id
  const secretId = (seed: Buffer) => `secret-${keyId(seed)}`
  const ticketKeys = await openKeys({ db, now }, { kind: 'ticket', idOf: keyId, keyOf: ticketKey })
  const codes = createTicketCodes(ticketKeys)
  const secrets = createOrderSecrets(
    await openKeys({ db, now }, { kind: 'order-secret', idOf: secretId, keyOf: (seed) => seed }),
  )
  const library = createShowLibrary()
  const announcer = createAnnouncer(events)
  const feed = createSeatFeed({ db, live, now })
  const desk = createShowDesk({ db, library, announce: feed.announce })
  const rules = rulesOf(config)
  const guards = createGuards({ db, secrets })

  const batch = { inFlight: config.batchesInFlight, most: config.batchSize }
  const holdSeats = createHoldSeats({ desk, rules, metrics, batch })
  const settle = createSettlePayment({ db, desk, codes, announcer, metrics, ids, batch })
  const { begin, idle: begun } = createBeginPayment({ db, desk, batch })
  const payOrder = createPayOrder({ db, begin, settle, payments, ids, now, origin, paymentMinutes })
  const selling = { db, desk, announcer, metrics, ids }
  const worksThere = (userId: string) => worksAt(db, userId)
  const checkIn = createCheckIn({ db, codes, library, announcer, metrics, worksAt: worksThere })

  const implementation = createRoutes({
    guards,
    hold: createHoldRoutes({
      db,
      library,
      secrets,
      metrics,
      ids,
      flags,
      holdSeats,
      boards: feed.boards,
      swapSeats: createSwapSeats({ db, desk, rules }),
      extendHold: createExtendHold({ db, desk, rules: config }),
      releaseOrder: createReleaseOrder({ db, desk }),
    }),
    order: createOrderRoutes({
      db,
      library,
      secrets,
      now,
      payOrder,
      refundOrder: createRefundOrder(selling),
      askForLinks: (email) => insertLinkRequest(db, { id: ids.uuid(), email }),
    }),
    checkIn: createCheckInRoutes({ db, library, codes, now, checkIn, worksAt: worksThere }),
    office: createOfficeRoutes({ db, reads, seedOrders: createSeedOrders({ desk, codes, ids }) }),
  })

  return {
    implementation,
    feed,
    settle,
    holdSeats,
    idle: async () => {
      await Promise.all([holdSeats.idle(), begun(), settle.idle()])
    },
    sweepHolds: createSweepHolds({ db, desk, announcer, metrics }),
    carryOutRefunds: createCarryOutRefunds({ db, payments, log }),
    mailOrderLinks: createMailOrderLinks({ db, announcer, mailsAnHour: () => config.linkMailsAnHour }),
    windDownShows: createWindDownShows(selling),
    tellMoves: createTellMoves({ db, desk, announcer }),
    endSilentPayments: createEndSilentPayments({ db, settle, payments, paymentMinutes, silentMinutes }),
  }
}
