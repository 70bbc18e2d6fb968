import { moveClaims } from './claim-store.ts'
import { orderLines } from './order-lines.ts'
import type { OrderRecord } from './order-record.ts'
import { insertHeld, lockOrders, type NewOrder, totalFor, updateOrder } from './order-store.ts'
import { soldSeats } from './order-wish.ts'
import { insertLines, insertTickets } from './sale-store.ts'
import type { OpenShow, ShowDesk } from './show-desk.ts'
import type { TicketCodes } from './ticket-code.ts'

type Deps = { desk: ShowDesk; codes: TicketCodes; ids: { uuid: () => string } }

/** Sells seats of a show without a payment until `leave` are free, two by two from the middle. For the demo only. */
export function createSeedOrders({ desk, codes, ids }: Deps) {
  return (showId: string, leave: number): Promise<number | undefined> =>
    desk.change([showId], async (tx, shows) => {
      const show = shows.get(showId)
      if (!show) return undefined
      const entries = pairs(show, leave).map(
        (seats): NewOrder => ({ order: orderFor(show, seats), network: null, idempotency: undefined }),
      )
      if (entries.length === 0) return 0
      await tx.query(...insertHeld(entries))
      for (const { order } of entries)
        for (const { seatId } of order.seats)
          show.writeSeat(seatId, {
            orderId: order.id,
            state: 'held',
            expiresAt: order.holdExpiresAt,
            holder: '',
            network: '',
          })
      let sold = 0
      for (const order of await lockOrders(
        tx,
        entries.map(({ order }) => order.id),
      )) {
        await moveClaims(tx, [{ show, order }], { from: 'held', to: 'sold' })
        const paying = await updateOrder(tx, order, { status: 'paying' })
        await updateOrder(tx, paying, { status: 'confirmed', sale: show.sellable.facts })
        await insertTickets(tx, [{ order, tickets: ticketsFor(order) }])
        await insertLines(tx, [{ order, lines: orderLines(order.seats, order) }])
        sold += order.seats.length
      }
      return sold
    })

  function pairs({ claims, sellable: { plan, zones } }: OpenShow, leave: number): number[][] {
    const free = plan.stretches
      .map((stretch) =>
        stretch.filter((seat) => !claims.get(seat) && zones.includes(plan.seats[seat]?.zone ?? '')),
      )
      .flatMap((stretch) => stretch.flatMap((_, at) => (at % 2 === 0 ? [stretch.slice(at, at + 2)] : [])))
      .filter((pair) => pair.every((seat) => plan.seats[seat]?.zone === plan.seats[pair[0] ?? -1]?.zone))
      .toSorted((a, b) => (plan.sweetness[a[0] ?? 0] ?? 0) - (plan.sweetness[b[0] ?? 0] ?? 0))
    const all = [...plan.seats.keys()].filter((seat) => !claims.get(seat)).length
    let left = all
    return free.filter((pair) => {
      if (left - pair.length < leave) return false
      left -= pair.length
      return true
    })
  }

  function orderFor(show: OpenShow, indexes: number[]): OrderRecord {
    const { facts, plan } = show.sellable
    const types = indexes.map((seat) => {
      const price = facts.prices.find(
        ({ zone, requires }) => zone === plan.seats[seat]?.zone && requires.length === 0,
      )
      return price?.ticketType ?? ''
    })
    const seats = soldSeats(show.sellable, indexes, types)
    const rates = { taxRatePermille: facts.taxRatePermille, bookingFee: 0 }
    return {
      id: ids.uuid(),
      showId: show.id,
      status: 'held',
      version: 1,
      channel: 'counter',
      userId: null,
      email: null,
      seats,
      total: totalFor(seats, rates),
      currency: facts.currency,
      ...rates,
      together: null,
      extended: false,
      holdExpiresAt: show.now + 60_000,
      holdSecondsLeft: 60,
      createdAt: show.now,
      attemptId: null,
    }
  }

  function ticketsFor(order: OrderRecord) {
    return order.seats.map((seat) => {
      const id = ids.uuid()
      const code = codes.issue({ ticketId: id, showId: order.showId, seatId: seat.seatId })
      return { id, seat, code, fee: 0 }
    })
  }
}
