import type { SoldSeat } from './order-record.ts'
import type { SellableShow } from './sellable-show.ts'
import type { OpenShow } from './show-desk.ts'

export type SeatWish = { seatId: string; ticketType: string }
export type BestAvailableWish = {
  tickets: { ticketType: string; count: number }[]
  zone?: string
  wheelchairSpaces: number
}
export type Channel = 'online' | 'counter'
export type FieldError = { path: string; message: string }

const mostSeatsAnOrder = 10

/** Turns chosen seats into seats of the plan, or says what is wrong with them. */
export function checkSeats(
  show: OpenShow,
  wishes: readonly SeatWish[],
  { channel, companionsFreeFrom }: { channel: Channel; companionsFreeFrom: number },
): { ok: true; seats: number[] } | { ok: false; errors: FieldError[] } {
  const { plan } = show.sellable
  const errors: FieldError[] = []
  const seats: number[] = []
  for (const [at, { seatId, ticketType }] of wishes.entries()) {
    const seat = plan.indexOf.get(seatId)
    if (seat === undefined) errors.push({ path: `seats.${at}.seatId`, message: `there is no seat ${seatId}` })
    else if (seats.includes(seat))
      errors.push({ path: `seats.${at}.seatId`, message: `${seatId} is there twice` })
    else {
      seats.push(seat)
      const price = show.sellable.priceOf(plan.seats[seat]?.zone ?? '', ticketType)
      if (!price?.channels.includes(channel))
        errors.push({ path: `seats.${at}.ticketType`, message: `${seatId} is not sold as ${ticketType}` })
    }
  }
  const types = wishes.map(({ ticketType }) => ticketType)
  errors.push(...missingCompany(show.sellable, types, 'seats'))
  if (show.now < companionsFreeFrom) errors.push(...lonelyCompanions(show.sellable, wishes, seats))
  return errors.length > 0 ? { ok: false, errors } : { ok: true, seats }
}

/** Turns a wish for the best seats into zones that sell all its ticket types, the cheapest first. */
export function checkBest(
  show: OpenShow,
  wish: BestAvailableWish,
  channel: Channel,
):
  | { ok: true; best: { count: number; zones: string[]; wheelchairSpaces: number } }
  | { ok: false; errors: FieldError[] } {
  const count = wish.tickets.reduce((sum, ticket) => sum + ticket.count, 0)
  const at = 'bestAvailable'
  const errors = missingCompany(
    show.sellable,
    wish.tickets.map(({ ticketType }) => ticketType),
    `${at}.tickets`,
  )
  if (count > mostSeatsAnOrder)
    errors.push({ path: `${at}.tickets`, message: `at most ${mostSeatsAnOrder} seats an order` })
  if (wish.wheelchairSpaces > count)
    errors.push({ path: `${at}.wheelchairSpaces`, message: 'more wheelchair spaces than tickets' })
  const costOf = (zone: string) =>
    wish.tickets.reduce((sum, { ticketType, count }) => {
      const price = show.sellable.priceOf(zone, ticketType)
      return price?.channels.includes(channel) ? sum + price.price.amount * count : Number.NaN
    }, 0)
  const zones = show.sellable.zones
    .filter((zone) => (wish.zone === undefined || zone === wish.zone) && !Number.isNaN(costOf(zone)))
    .toSorted((a, b) => costOf(a) - costOf(b))
  if (zones.length === 0)
    errors.push({
      path: wish.zone === undefined ? `${at}.tickets` : `${at}.zone`,
      message: 'no zone sells these tickets',
    })
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, best: { count, zones, wheelchairSpaces: wish.wheelchairSpaces } }
}

/** Ticket types for seats picked by us, in the order asked. */
export function spreadTickets(tickets: BestAvailableWish['tickets']): string[] {
  return tickets.flatMap(({ ticketType, count }) => Array.from({ length: count }, () => ticketType))
}

export function soldSeats(
  show: SellableShow,
  seats: readonly number[],
  types: readonly string[],
): SoldSeat[] {
  return seats.flatMap((index, at) => {
    const seat = show.plan.seats[index]
    const ticketType = types[at]
    const price = seat && ticketType ? show.priceOf(seat.zone, ticketType) : undefined
    if (!seat || !price) throw new Error(`a seat of ${show.facts.showId} has no price`)
    const { id: seatId, row, number, zone } = seat
    const { name: ticketName, proof } = price
    return [
      {
        seatId,
        row,
        number,
        zone,
        ticketType: price.ticketType,
        ticketName,
        proof,
        price: price.price.amount,
      },
    ]
  })
}

/** What giving tickets back would leave without one that it is sold only beside, and that it has until then. */
export function losingCompany(
  show: SellableShow,
  { before, after }: { before: readonly string[]; after: readonly string[] },
): FieldError[] {
  const wereAlone = missingCompany(show, before, 'tickets').map(({ message }) => message)
  return missingCompany(show, after, 'tickets').filter(({ message }) => !wereAlone.includes(message))
}

function missingCompany(show: SellableShow, types: readonly string[], path: string): FieldError[] {
  const requires = new Map(show.facts.prices.map((price) => [price.ticketType, price.requires]))
  const alone = [...new Set(types)].filter((type) => {
    const needed = requires.get(type) ?? []
    return needed.length > 0 && !needed.some((other) => types.includes(other))
  })
  return alone.map((type) => ({
    path,
    message: `${type} is sold only with ${requires.get(type)?.join(' or ')}`,
  }))
}

function lonelyCompanions(
  { plan }: SellableShow,
  wishes: readonly SeatWish[],
  seats: readonly number[],
): FieldError[] {
  return wishes.flatMap(({ seatId }, at) => {
    const space = plan.wheelchairOf.get(plan.indexOf.get(seatId) ?? -1)
    if (space === undefined || seats.includes(space)) return []
    const beside = plan.seats[space]?.id
    return [{ path: `seats.${at}.seatId`, message: `${seatId} is sold with the wheelchair space ${beside}` }]
  })
}
