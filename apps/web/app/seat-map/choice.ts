import type { LayoutSeat, ShowDetail } from '@marquee/contracts/theaters'

export type Chosen = { seatId: string; ticketType: string }
export type Offer = ShowDetail['prices'][number]
export const mostSeats = 10

type Seat = Pick<LayoutSeat, 'zone' | 'kind'>

/** What may be sold online for a seat, in the theater's own order. */
export const offersFor = (prices: readonly Offer[], seat: Seat): Offer[] =>
  prices.filter((offer) => offer.zone === seat.zone && offer.channels.includes('online'))

/** The ticket type a seat starts with: the one named like the seat's kind, else the ordinary one. */
export function firstOffer(
  prices: readonly Offer[],
  seat: Seat,
  chosen: readonly Chosen[],
): Offer | undefined {
  const offers = offersFor(prices, seat)
  const named = offers.find((offer) => offer.ticketType === seat.kind)
  if (named && isMet(named, chosen)) return named
  const free = offers.filter((offer) => isMet(offer, chosen) && !special.has(offer.ticketType))
  return (
    free.find((offer) => offer.ticketType === 'adult') ??
    free.find((offer) => offer.proof === null) ??
    free[0] ??
    offers.find((offer) => isMet(offer, chosen))
  )
}

const special = new Set<string>(['wheelchair', 'companion'])

/** Whether a type that sells only beside another finds that other in the choice. */
export const isMet = (offer: Offer, chosen: readonly Chosen[]): boolean =>
  offer.requires.length === 0 || chosen.some((one) => offer.requires.includes(one.ticketType))

/** Ticket types of a choice that lack what they require. */
export function unmet(prices: readonly Offer[], chosen: readonly Chosen[]): Offer[] {
  const types = new Set(chosen.map((one) => one.ticketType))
  return [...types].flatMap((type) => {
    const offer = prices.find((one) => one.ticketType === type)
    return offer && !isMet(offer, chosen) ? [offer] : []
  })
}

export type Sum = { seats: number; fee: number; total: number; tax: number; currency: string }

/** What a choice costs, rounded line by line as the order will be; tax is contained in the prices. */
export function sumOf(
  prices: number[],
  {
    bookingFee,
    taxRatePermille,
  }: { bookingFee: { amount: number; currency: string }; taxRatePermille: number },
): Sum {
  const seats = prices.reduce((sum, price) => sum + price, 0)
  const fee = bookingFee.amount * prices.length
  const tax = [...prices, fee].reduce((sum, gross) => sum + taxIn(gross, taxRatePermille), 0)
  return { seats, fee, total: seats + fee, tax, currency: bookingFee.currency }
}

const taxIn = (gross: number, permille: number) => Math.round((gross * permille) / (1000 + permille))
