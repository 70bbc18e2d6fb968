import type { Order, ShowOfOrder } from '@marquee/contracts/booking'
import type { ShowFacts } from '@marquee/contracts/theaters'
import type { z } from 'zod'
import { orderLines } from './order-lines.ts'
import { orderNumber, type SoldSeat } from './order-record.ts'
import type { OrderView } from './order-view.ts'

/** An order as its buyer sees it. */
export function presentOrder(order: OrderView, facts: ShowFacts): Order {
  const { currency } = order
  const money = (amount: number) => ({ amount, currency })
  const returned = order.refunds.filter(({ ticketId }) => ticketId === null)
  const sold = order.status === 'confirmed' || order.status === 'partly-refunded'
  return {
    id: order.id,
    number: orderNumber(order.id),
    status: order.status,
    version: order.version,
    showId: order.showId,
    show: presentShow(facts, order.showCancelled),
    seats: order.seats.map((seat) => presentSeat(seat, currency)),
    lines: orderLines(order.seats, order).map(({ kind, label, net, tax, taxRatePermille, gross }) => ({
      kind,
      label,
      net: money(net),
      tax: money(tax),
      taxRate: taxRatePermille / 1000,
      gross: money(gross),
    })),
    total: money(order.total),
    channel: order.channel,
    email: order.email,
    holdExpiresAt: instant(order.holdExpiresAt),
    holdSecondsLeft: order.status === 'held' ? order.holdSecondsLeft : 0,
    ...(order.together === null ? {} : { together: order.together }),
    extended: order.extended,
    createdAt: instant(order.createdAt),
    tickets: order.tickets.map(({ admittedAt, ...ticket }) => ({
      ...ticket,
      admittedAt: admittedAt === null ? null : instant(admittedAt),
    })),
    refunds: order.refunds.flatMap(({ ticketId, amount, status }) =>
      ticketId === null ? [] : [{ ticketId, amount: money(amount), status }],
    ),
    ...(returned.length === 0
      ? {}
      : { returned: returned.map(({ amount, status }) => ({ amount: money(amount), status })) }),
    refundableUntil: sold ? refundableUntil(facts).toString() : null,
  }
}

export function presentShow(facts: ShowFacts, cancelled: boolean): z.infer<typeof ShowOfOrder> {
  const { showId, movieId, movieTitle, theaterId, theaterName, theaterAddress, screenId, screenName } = facts
  const { startsAt, localStart, timeZone, runtimeMinutes } = facts
  return {
    id: showId,
    movieId,
    movieTitle,
    theaterId,
    theaterName,
    theaterAddress,
    screenId,
    screenName,
    startsAt,
    localStart,
    timeZone,
    runtimeMinutes,
    cancelled,
  }
}

export function presentSeat(seat: SoldSeat, currency: string): Order['seats'][number] {
  const { seatId, row, number, zone, ticketType, ticketName: ticketTypeName, price } = seat
  return { seatId, row, number, zone, ticketType, ticketTypeName, price: { amount: price, currency } }
}

function refundableUntil({ startsAt, refundCutoffMinutes }: ShowFacts): Temporal.Instant {
  return Temporal.Instant.from(startsAt).subtract({ minutes: refundCutoffMinutes })
}

function instant(milliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(milliseconds)).toString()
}
