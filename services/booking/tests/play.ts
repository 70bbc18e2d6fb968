import fc from 'fast-check'
import { adult, type BoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'
import { attemptsOf, type Game } from './game.ts'
import { findProblems } from './referee.ts'

/** One move somebody makes; numbers pick among the orders, attempts and seats there are. */
export type Move =
  | { kind: 'hold'; buyer: number; seats: number[] }
  | { kind: 'swap'; order: number; seats: number[] }
  | { kind: 'pay'; order: number; card: keyof typeof cards; webhookFirst: boolean }
  | { kind: 'webhook'; attempt: number; captured: boolean; times: number }
  | { kind: 'advance'; minutes: number }
  | { kind: 'release' | 'extend' | 'refund'; order: number }
  | { kind: 'sweep' | 'end-silent' | 'wind-down' | 'carry-out' | 'restart' | 'cancel' }

const seatIds = ['A1', 'A2', 'A4', 'A5', 'A7', 'A8']
const small = fc.nat({ max: 11 })
const seats = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<number[]>([0, 1], [2, 3], [4, 5], [0, 1, 2, 3]) },
  {
    weight: 1,
    arbitrary: fc.uniqueArray(fc.nat({ max: seatIds.length - 1 }), { minLength: 1, maxLength: 4 }),
  },
)

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 32,
    arbitrary: fc.record({ kind: fc.constant('hold' as const), buyer: fc.nat({ max: 3 }), seats }),
  },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('swap' as const), order: small, seats }) },
  {
    weight: 36,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      order: small,
      card: fc.constantFrom(...(Object.keys(cards) as (keyof typeof cards)[])),
      webhookFirst: fc.boolean(),
    }),
  },
  {
    weight: 24,
    arbitrary: fc.record({
      kind: fc.constant('webhook' as const),
      attempt: small,
      captured: fc.boolean(),
      times: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      minutes: fc.constantFrom(1, 5, 9, 16, 31),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constantFrom('release' as const, 'extend' as const, 'refund' as const),
      order: small,
    }),
  },
  {
    weight: 24,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'sweep' as const,
        'end-silent' as const,
        'wind-down' as const,
        'carry-out' as const,
        'restart' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const) }) },
)

/** Moves of a wave happen at once. */
export const evening: fc.Arbitrary<Move[][]> = fc.array(fc.array(move, { minLength: 1, maxLength: 3 }), {
  minLength: 5,
  maxLength: 30,
})

export type Plant = {
  /** Judge only once the evening is over. */
  patient?: boolean
  afterSweep?: (office: BoxOffice, game: Game) => Promise<void>
}

/** Plays an evening and returns what the referee saw: nothing, if all is well. */
export async function play(
  office: BoxOffice,
  waves: readonly Move[][],
  plant: Plant = {},
): Promise<string[]> {
  const game = await begin(office)
  office.payments.webhook = (attempt) => tell(office, attempt)
  const problems: string[] = []
  for (const wave of waves) {
    await Promise.all(
      wave.map((move) => make(office, game, move, plant).catch((error) => game.bugs.push(String(error)))),
    )
    if (!plant.patient) problems.push(...(await findProblems(office, game, 'meanwhile')))
    if (problems.length > 0) return problems
  }
  await settleEverything(office, game, plant)
  return findProblems(office, game, 'at the end')
}

async function begin(office: BoxOffice): Promise<Game> {
  const { rows } = await office.db.query<{ now: Temporal.Instant }>('select clock() as now')
  const now = rows[0]?.now ?? Temporal.Now.instant()
  const at = (hours: number) => now.add({ hours }).toString()
  const show = await office.putOn(['.. .. ..'], {
    salesFrom: at(-1),
    startsAt: at(500),
    endsAt: at(502),
    onlineUntil: at(500),
    counterUntil: at(500),
  })
  return { show, orders: [], promised: [], bugs: [] }
}

async function make(office: BoxOffice, game: Game, move: Move, plant: Plant): Promise<unknown> {
  const booking = office.booking()
  switch (move.kind) {
    case 'hold': {
      const userId = `01990000-0000-7000-8000-00000000000${move.buyer}`
      const buyer = office.client.as(office.person(userId))
      const held = await buyer.attempt.createOrder({ showId: game.show.showId, seats: named(move.seats) })
      if (held.ok) game.orders.push({ id: held.value.id, userId })
      return held
    }
    case 'swap':
      return withOrder(move.order, (buyer, orderId) =>
        buyer.attempt.swapSeats({ orderId, seats: named(move.seats) }),
      )
    case 'release':
      return withOrder(move.order, (buyer, orderId) => buyer.attempt.releaseOrder({ orderId }))
    case 'extend':
      return withOrder(move.order, (buyer, orderId) => buyer.attempt.extendHold({ orderId }))
    case 'refund':
      return withOrder(move.order, (buyer, orderId) => buyer.attempt.refundOrder({ orderId }))
    case 'pay':
      return withOrder(move.order, async (buyer, orderId) => {
        if (move.webhookFirst) office.payments.overtaking.add(orderId)
        const paid = await buyer.attempt.payOrder({ orderId, method: 'sandbox', card: cards[move.card] })
        if (paid.ok && paid.value.status === 'confirmed')
          for (const { id } of paid.value.tickets) game.promised.push({ orderId, ticketId: id })
      })
    case 'webhook': {
      const own = attemptsOf(office, game)
      const attempt = own[move.attempt % Math.max(1, own.length)]
      if (!attempt) return undefined
      if (attempt.status === 'pending') attempt.status = move.captured ? 'captured' : 'failed'
      return Promise.all(Array.from({ length: move.times }, () => tell(office, attempt)))
    }
    case 'advance':
      return office.advance({ minutes: move.minutes })
    case 'sweep':
      await booking.sweepHolds()
      return plant.afterSweep?.(office, game)
    case 'end-silent':
      return booking.endSilentPayments()
    case 'wind-down':
      return booking.windDownShows()
    case 'carry-out':
      return booking.carryOutRefunds()
    case 'restart':
      return office.restart()
    case 'cancel':
      return office.cancel(game.show)
    default:
      return move satisfies never
  }

  function withOrder<T>(
    pick: number,
    act: (buyer: ReturnType<typeof office.client.as>, orderId: string) => Promise<T>,
  ): Promise<T> | undefined {
    const order = game.orders[pick % Math.max(1, game.orders.length)]
    return order && act(office.client.as(office.person(order.userId)), order.id)
  }
}

function named(picks: readonly number[]) {
  return adult(...picks.map((pick) => seatIds[pick] ?? ''))
}

/** A webhook's event, delivered as the bus does: in its own transaction, again until it is taken. */
async function tell(
  office: BoxOffice,
  {
    orderId,
    attemptId,
    amount,
    status,
  }: { orderId: string; attemptId: string; amount: number; status: string },
): Promise<void> {
  const { settle } = office.booking()
  await office.db.transaction((tx) =>
    status === 'captured'
      ? settle.capturedIn(tx, { orderId, attemptId, amount })
      : settle.failedIn(tx, { orderId, attemptId }),
  )
}

/** Lets time pass until nothing is under way: every payment ends, every webhook arrives, every refund is carried out. */
async function settleEverything(office: BoxOffice, game: Game, plant: Plant): Promise<void> {
  for (const attempt of attemptsOf(office, game)) {
    if (attempt.status === 'pending' && attempt.mute) continue
    if (attempt.status === 'pending') attempt.status = 'failed'
    await tell(office, attempt).catch((error) => game.bugs.push(`a webhook is never taken: ${error}`))
  }
  await office.advance({ minutes: 31 })
  const booking = office.booking()
  await booking.endSilentPayments()
  // What the provider never spoke of comes in after all, too late.
  for (const attempt of attemptsOf(office, game)) {
    if (attempt.status !== 'pending') continue
    attempt.status = 'captured'
    await tell(office, attempt).catch((error) => game.bugs.push(`a webhook is never taken: ${error}`))
  }
  await booking.sweepHolds()
  await plant.afterSweep?.(office, game)
  await booking.windDownShows()
  await booking.carryOutRefunds()
}
