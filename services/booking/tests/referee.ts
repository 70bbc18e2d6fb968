import type { BoxOffice } from './box-office.ts'
import { attemptsOf, type Game } from './game.ts'

type Ticket = { id: string; orderId: string; seatId: string; price: number; fee: number; live: boolean }

/**
 * Judges by tickets, by what buyers are answered and by the provider's book; never by seat claims, which
 * are what is on trial.
 */
export async function findProblems(
  office: BoxOffice,
  game: Game,
  when: 'meanwhile' | 'at the end',
): Promise<string[]> {
  const tickets = await readTickets(office, game)
  const orders = await Promise.all(
    game.orders.map(({ id, userId }) => office.client.as(office.person(userId)).getOrder({ orderId: id })),
  )
  return [
    ...game.bugs,
    ...twoLiveTickets(tickets),
    ...twoBuyersOfASeat(orders),
    ...brokenPromises(game, tickets),
    ...(when === 'at the end' ? moneyWithoutReason(office, game, tickets) : []),
  ]
}

async function readTickets(office: BoxOffice, game: Game): Promise<Ticket[]> {
  const { rows } = await office.db.query<Ticket>(
    `select id, order_id as "orderId", seat_id as "seatId", price, fee, refunded_at is null as live
       from tickets where show_id = $1`,
    [game.show.showId],
  )
  return rows
}

function twoLiveTickets(tickets: readonly Ticket[]): string[] {
  const live = Map.groupBy(
    tickets.filter((ticket) => ticket.live),
    ({ seatId }) => seatId,
  )
  return [...live].filter(([, own]) => own.length > 1).map(([seatId]) => `${seatId} has two live tickets`)
}

type Told = Awaited<ReturnType<ReturnType<BoxOffice['client']['as']>['getOrder']>>

function seatsPromised({ status, holdSecondsLeft, seats, tickets }: Told): string[] {
  if (status === 'paying' || (status === 'held' && holdSecondsLeft > 1))
    return seats.map(({ seatId }) => seatId)
  return tickets.filter((ticket) => ticket.status !== 'refunded').map(({ seatId }) => seatId)
}

function twoBuyersOfASeat(orders: readonly Told[]): string[] {
  const owner = new Map<string, string>()
  const problems: string[] = []
  for (const order of orders)
    for (const seatId of seatsPromised(order)) {
      const other = owner.get(seatId)
      if (other !== undefined) problems.push(`${seatId} was promised to two orders`)
      owner.set(seatId, order.id)
    }
  return problems
}

function brokenPromises(game: Game, tickets: readonly Ticket[]): string[] {
  const there = new Set(tickets.map(({ id }) => id))
  return game.promised
    .filter(({ ticketId }) => !there.has(ticketId))
    .map(() => 'a ticket that was promised is not there')
}

/** Each capture bought tickets worth it, or came back whole; no ticket was paid back twice or unasked. */
function moneyWithoutReason(office: BoxOffice, game: Game, tickets: readonly Ticket[]): string[] {
  const problems: string[] = []
  const refunds = [...office.payments.refunds.values()]
  for (const { id } of game.orders) {
    const captured = attemptsOf(office, game).filter(
      ({ orderId, status }) => orderId === id && status === 'captured',
    )
    const own = tickets.filter(({ orderId }) => orderId === id)
    const bought = own.reduce((sum, { price, fee }) => sum + price + fee, 0)
    const paid = captured.reduce((sum, { amount }) => sum + amount, 0)
    const whole = refunds.filter(({ orderId, ticketId }) => orderId === id && ticketId === undefined)
    const back = whole.reduce((sum, { amount }) => sum + amount, 0)
    if (paid !== bought + back)
      problems.push(`${paid} came in for tickets worth ${bought} and ${back} went back`)
    const byTicket = refunds.filter(({ orderId, ticketId }) => orderId === id && ticketId !== undefined)
    if (new Set(byTicket.map(({ ticketId }) => ticketId)).size !== byTicket.length)
      problems.push('a ticket was paid back twice')
    if (byTicket.length !== own.filter(({ live }) => !live).length)
      problems.push('ended tickets and their refunds differ')
  }
  return problems
}
