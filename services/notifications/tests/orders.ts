import { randomUUIDv7 } from 'node:crypto'
import { bookingContract, type Order } from '@marquee/contracts/booking'
import { neighbour } from '@marquee/kit/testing'

const money = (amount: number) => ({ amount, currency: 'EUR' })

/** An order as booking would tell it to a mail. */
export function anOrder(more: Partial<Order> = {}, userId: string | null = null) {
  const [id, showId, ticketId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  return {
    id,
    number: 'ABCDE-12345',
    status: 'confirmed' as const,
    version: 2,
    showId,
    show: {
      id: showId,
      movieId: randomUUIDv7(),
      movieTitle: 'Metropolis',
      theaterId: randomUUIDv7(),
      theaterName: 'Lichthof',
      theaterAddress: 'Uferzeile 8, Berlin',
      screenId: randomUUIDv7(),
      screenName: 'Saal 1',
      startsAt: '2026-12-01T18:30:00Z',
      localStart: '2026-12-01T19:30',
      timeZone: 'Europe/Berlin',
      runtimeMinutes: 153,
      cancelled: false,
    },
    seats: [
      {
        seatId: 'F12',
        row: 'F',
        number: '12',
        zone: 'Stalls',
        ticketType: 'ermassigt',
        ticketTypeName: 'Ermäßigt',
        price: money(1250),
      },
    ],
    lines: [
      {
        kind: 'seat' as const,
        label: 'F12 · Adult',
        net: money(1168),
        tax: money(82),
        taxRate: 0.07,
        gross: money(1250),
      },
    ],
    total: money(1250),
    channel: 'online' as const,
    email: 'guest@example.org',
    holdExpiresAt: '2026-11-21T18:00:00Z',
    holdSecondsLeft: 0,
    extended: false,
    createdAt: '2026-11-21T17:50:00Z',
    tickets: [
      {
        id: ticketId,
        seatId: 'F12',
        code: 'MQ1.payload.signature',
        status: 'valid' as const,
        admittedAt: null,
      },
    ],
    refunds: [],
    refundableUntil: null,
    ...more,
    userId,
    linkSecret: 'the-secret-of-the-order',
  }
}

/** A booking service that knows these orders. */
export const bookingWith = (orders: readonly ReturnType<typeof anOrder>[]) =>
  neighbour(bookingContract, {
    orderForMail: ({ orderId }: { orderId: string }) => orders.find((order) => order.id === orderId),
    orderCalendar: () => 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
  })
