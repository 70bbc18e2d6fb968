import type { PriceCard, ShowPrice, TicketType, ZonePrice } from '@marquee/contracts/theaters'
import type { z } from 'zod'
import { minutesIntoDay } from './local-time.ts'

export type Card = z.infer<typeof PriceCard>
export type Ticket = z.infer<typeof TicketType>
export type CardPrice = z.infer<typeof ZonePrice>
export type PriceOfShow = z.infer<typeof ShowPrice>

type ShowTime = { localStart: string; day: string; dayStartsAt: string }

/** Whether a card holds for a time; the midnight show pays the prices of the evening it belongs to. */
function cardApplies(card: Pick<Card, 'days' | 'from' | 'until'>, time: ShowTime): boolean {
  if (card.days && !card.days.includes(Temporal.PlainDate.from(time.day).dayOfWeek)) return false
  const minutes = minutesIntoDay(time.localStart.slice(11), time.dayStartsAt)
  if (card.from && minutes < minutesIntoDay(card.from, time.dayStartsAt)) return false
  return (
    !card.until || minutes < minutesIntoDay(card.until, time.dayStartsAt) || card.until === time.dayStartsAt
  )
}

/** What is wrong with a card's hours, which are those of a cinema day: one that ends before it begins never holds. */
export function wrongHours({ from, until }: Pick<Card, 'from' | 'until'>, dayStartsAt: string) {
  if (from === null || until === null || until === dayStartsAt) return []
  if (minutesIntoDay(from, dayStartsAt) < minutesIntoDay(until, dayStartsAt)) return []
  return [{ path: 'until', message: `comes before ${from} in a day that starts at ${dayStartsAt}` }]
}

/** Of the cards that hold, the one that says most about when: days and hours, then hours, then days. */
export function cardForTime(cards: readonly Card[], time: ShowTime): Card | undefined {
  const weight = (card: Card) => (card.from || card.until ? 2 : 0) + (card.days ? 1 : 0)
  return cards.filter((card) => cardApplies(card, time)).toSorted((a, b) => weight(b) - weight(a))[0]
}

/** What is wrong with prices of a theater, by field; empty when nothing is. */
export function wrongPrices(
  prices: readonly CardPrice[],
  { types, currency }: { types: readonly Ticket[]; currency: string },
): { path: string; message: string }[] {
  const keys = new Set(types.map((type) => type.key))
  const seen = new Set<string>()
  return prices.flatMap((price, index) => {
    const path = `prices.${index}`
    const pair = `${price.zone}\n${price.ticketType}`
    const twice = seen.has(pair)
    seen.add(pair)
    if (/\p{Cc}/u.test(price.zone) || !price.zone.isWellFormed())
      return [{ path: `${path}.zone`, message: 'has control characters' }]
    if (twice) return [{ path, message: `${price.ticketType} in ${price.zone} has two prices` }]
    if (!keys.has(price.ticketType))
      return [{ path: `${path}.ticketType`, message: `there is no ticket type ${price.ticketType} here` }]
    if (price.price.currency !== currency)
      return [{ path: `${path}.price.currency`, message: `prices here are in ${currency}` }]
    return []
  })
}

/** The prices a show freezes: those of its layout's zones, with what buyers need to know of each ticket type. */
export function pricesOfShow(
  prices: readonly CardPrice[],
  { types, zones }: { types: readonly Ticket[]; zones: readonly string[] },
): { ok: true; prices: PriceOfShow[]; from: number } | { ok: false; unpriced: string[] } {
  const found = prices.flatMap((price): PriceOfShow[] => {
    const type = types.find((one) => one.key === price.ticketType)
    if (!type || !zones.includes(price.zone)) return []
    const { name, proof, channels, requires } = type
    return [{ ...price, name, proof, channels, requires }]
  })
  const unpriced = zones.filter((zone) => !found.some((price) => price.zone === zone && isSoldAlone(price)))
  if (unpriced.length > 0) return { ok: false, unpriced }
  return { ok: true, prices: found, from: leastOf(found) }
}

/** A companion's seat may be free, but nobody buys it alone. */
const isSoldAlone = ({ requires }: PriceOfShow) => requires.length === 0

/** What is shown to whoever buys here: the least that is paid online, or at the counter where nothing is sold online. */
export function leastOf(prices: readonly PriceOfShow[]): number {
  const alone = prices.filter(isSoldAlone)
  const online = alone.filter(({ channels }) => channels.includes('online'))
  return Math.min(...(online.length > 0 ? online : alone).map(({ price }) => price.amount))
}
