import { crashPoint, timeLeft } from '@marquee/kit/resilience'
import { SqlError, type Transaction } from '@marquee/kit/sql'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import type { Claim } from './house/claims.ts'
import { type HoldVerdict, type House, openHouse } from './house/house.ts'
import type { BookingMetrics } from './metrics.ts'
import { createKeysInUse, type KeyRefusal } from './once-a-key.ts'
import type { OrderRecord, SoldSeat } from './order-record.ts'
import { type Idempotency, insertHeld, type NewOrder, totalFor } from './order-store.ts'
import { findByKeys, findOrdersIn, forgetKeys } from './order-view.ts'
import {
  type BestAvailableWish,
  type Channel,
  checkBest,
  checkSeats,
  type FieldError,
  type SeatWish,
  soldSeats,
  spreadTickets,
} from './order-wish.ts'
import type { SellableShow } from './sellable-show.ts'
import type { OpenShow, OpenShows, ShowDesk } from './show-desk.ts'

export type HoldRequest = {
  /** Made before the first try, so that a repeated try is the same order. */
  orderId: string
  showId: string
  channel: Channel
  userId: string | null
  /** Who sells at the counter; what they sell is not theirs. */
  soldBy?: string | undefined
  email: string | null
  network: string | null
  idempotency?: Idempotency | undefined
} & ({ seats: SeatWish[] } | { bestAvailable: BestAvailableWish })

type HoldResult =
  | { ok: true; order: OrderRecord; show: SellableShow }
  | { ok: false; code: 'not-found' | 'sales-closed' }
  | { ok: false; code: 'not-enough-seats' | 'too-many-holds' }
  | KeyRefusal
  | { ok: false; code: 'invalid-input'; errors: FieldError[] }
  | { ok: false; code: 'seats-taken'; seats: string[] }
  | { ok: false; code: 'orphan-seat'; seats: string[]; suggestions: string[][] }

export type HoldRules = {
  holdMinutes: number
  /** Unpaid seats a person or network may have in a show; undefined is no limit. */
  unpaidSeats: number | undefined
  companionReleaseMinutes: number
}
export type HoldSeats = {
  hold: (request: HoldRequest) => Promise<HoldResult>
  idle: () => Promise<void>
}
type Deps = {
  desk: ShowDesk
  rules: HoldRules
  metrics: BookingMetrics
  batch: { inFlight: number; most: number }
}

/** Holds every requested seat, or none. Judged under the show's lock; answers after the commit. */
export function createHoldSeats({ desk, rules, metrics, batch }: Deps): HoldSeats {
  const unlessInUse = createKeysInUse()
  const group: GroupCommit<HoldRequest, HoldResult> = createGroupCommit({
    ...batch,
    keyOf: (request) => request.showId,
    commit,
    hopeless: (error) => error instanceof SqlError && error.code === 'database-unreachable',
    onBatch: metrics.batch,
  })
  return { hold, idle: group.idle }

  function hold(request: HoldRequest): Promise<HoldResult> {
    const { idempotency } = request
    return unlessInUse({ idempotency }, () => group.submit(request, timeLeft()))
  }

  function commit(requests: HoldRequest[], attempt: 'batch' | 'alone', judged: () => void) {
    const showIds = requests.map(({ showId }) => showId)
    return desk.change(showIds, async (tx, shows): Promise<HoldResult[]> => {
      const known = await alreadyThere(tx, requests, { shows, attempt })
      const houses = new Map<string, House>()
      const orders: NewOrder[] = []
      const results = requests.map((request) => {
        const there = known.get(request)
        if (there) return there
        const show = shows.get(request.showId)
        if (!show) return { ok: false, code: 'not-found' } as const
        const house = houses.getOrInsertComputed(request.showId, () => openHouse(show.sellable.plan, show))
        const result = settle(request, show, house)
        if (result.ok) {
          const { network, soldBy, idempotency } = request
          orders.push({ order: result.order, network, soldBy, idempotency })
        }
        return result
      })
      if (orders.length > 0) tx.atCommit(...insertHeld(orders))
      judged()
      crashPoint('booking.hold.judged')
      return results
    })
  }

  function settle(request: HoldRequest, show: OpenShow, house: House): HoldResult {
    if (!show.open[request.channel]) return { ok: false, code: 'sales-closed' }
    const { sellable, now } = show
    const expiresAt = now + rules.holdMinutes * 60_000
    const companionsFreeFrom =
      Temporal.Instant.from(sellable.facts.startsAt).epochMilliseconds -
      rules.companionReleaseMinutes * 60_000
    const checked =
      'seats' in request
        ? checkSeats(show, request.seats, { channel: request.channel, companionsFreeFrom })
        : checkBest(show, request.bestAvailable, request.channel)
    if (!checked.ok) return { ok: false, code: 'invalid-input', errors: checked.errors }
    const claim = { orderId: request.orderId, state: 'held' as const, expiresAt, ...countedFor(request) }
    const cap = request.channel === 'online' ? rules.unpaidSeats : undefined
    const verdict = house.take({ claim, ...(cap === undefined ? {} : { cap }), ...checked })
    if (!verdict.ok) return explain(verdict, sellable)
    const types =
      'seats' in request
        ? request.seats.map((seat) => seat.ticketType)
        : spreadTickets(request.bestAvailable.tickets)
    const seats = soldSeats(sellable, verdict.seats, types)
    return {
      ok: true,
      order: heldOrder(request, { sellable, seats, expiresAt, now, verdict }),
      show: sellable,
    }
  }
}

/** Whose unpaid seats a claim adds to. The counter serves a queue from one network and one account. */
function countedFor({ channel, userId, email, network }: HoldRequest): Pick<Claim, 'holder' | 'network'> {
  if (channel === 'counter') return { holder: '', network: '' }
  return {
    holder: userId ? `user:${userId}` : `email:${email?.toLowerCase()}`,
    network: network ? `network:${network}` : '',
  }
}

type Held = {
  sellable: SellableShow
  seats: SoldSeat[]
  expiresAt: number
  now: number
  verdict: HoldVerdict & { ok: true }
}

function heldOrder(request: HoldRequest, { sellable, seats, expiresAt, now, verdict }: Held): OrderRecord {
  const { taxRatePermille, currency, bookingFee } = sellable.facts
  const rates = { taxRatePermille, bookingFee: request.channel === 'online' ? bookingFee.amount : 0 }
  return {
    id: request.orderId,
    showId: request.showId,
    status: 'held',
    version: 1,
    channel: request.channel,
    userId: request.userId,
    email: request.email,
    seats,
    total: totalFor(seats, rates),
    currency,
    ...rates,
    together: verdict.together ?? null,
    extended: false,
    holdExpiresAt: expiresAt,
    holdSecondsLeft: Math.ceil((expiresAt - now) / 1000),
    createdAt: now,
    attemptId: null,
  }
}

type Refusal = Exclude<
  HoldResult,
  | { ok: true }
  | { code: 'not-found' | 'sales-closed' }
  | { code: 'invalid-input' }
  | { code: 'idempotency-key-reused' | 'request-in-progress' }
>

/** Says a refusal in seat ids. */
export function explain(verdict: HoldVerdict & { ok: false }, { plan }: SellableShow): Refusal {
  const ids = (seats: readonly number[]) => seats.map((seat) => plan.seats[seat]?.id ?? '')
  if (verdict.code === 'seats-taken') return { ok: false, code: verdict.code, seats: ids(verdict.seats) }
  if (verdict.code !== 'orphan-seat') return { ok: false, code: verdict.code }
  return {
    ok: false,
    code: verdict.code,
    seats: ids(verdict.seats),
    suggestions: verdict.suggestions.map(ids),
  }
}

type Looking = { shows: OpenShows; attempt: 'batch' | 'alone' }

/** Answers of requests whose order is already committed: by their key, or by their own earlier try. */
async function alreadyThere(
  tx: Transaction,
  requests: readonly HoldRequest[],
  { shows, attempt }: Looking,
): Promise<Map<HoldRequest, HoldResult>> {
  const answers = new Map<HoldRequest, HoldResult>()
  const won = (request: HoldRequest, order: OrderRecord) => {
    const show = shows.get(order.showId)?.sellable
    if (show) answers.set(request, { ok: true, order, show })
  }
  if (attempt === 'alone') {
    const orders = await findOrdersIn(
      tx,
      requests.map(({ orderId }) => orderId),
    )
    for (const request of requests) {
      const order = orders.find(({ id }) => id === request.orderId)
      if (order) won(request, order)
    }
  }
  const keyed = requests.flatMap((request) =>
    request.idempotency ? [{ request, own: request.idempotency }] : [],
  )
  if (keyed.length === 0) return answers
  const found = await findByKeys(
    tx,
    keyed.map(({ own }) => own),
  )
  const stale = found.filter((row) => row.stale).map(({ order }) => order.id)
  if (stale.length > 0) await forgetKeys(tx, stale)
  for (const { request, own } of keyed) {
    const row = found.find(({ stale, scope, key }) => !stale && scope === own.scope && key === own.key)
    if (!row) continue
    if (row.bodyHash === own.bodyHash) won(request, row.order)
    else answers.set(request, { ok: false, code: 'idempotency-key-reused' })
  }
  return answers
}
