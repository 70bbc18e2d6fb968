import type { Queryable } from '@marquee/kit/sql'
import { priceStore } from './price-store.ts'
import { cardForTime, leastOf, pricesOfShow } from './prices.ts'
import type { ShowRecord } from './show-store.ts'
import { theaterStore } from './theater-store.ts'

type Priced = {
  /** Those that lacked a price, with it; what was frozen before stays as it is. */
  shows: ShowRecord[]
  /** Zones that at least one show cannot be given a price for. */
  unpriced: string[]
}

/** Prices zones that come to planned shows: by the card a show was priced by, or the one that holds at its time. */
export async function priceNewZones(
  tx: Queryable,
  theaterId: string,
  { shows, zones }: { shows: readonly ShowRecord[]; zones: readonly string[] },
): Promise<Priced> {
  const newZones = (show: ShowRecord) =>
    zones.filter((zone) => !show.prices.some((price) => price.zone === zone))
  const lacking = shows.filter((show) => newZones(show).length > 0)
  if (lacking.length === 0) return { shows: [], unpriced: [] }
  const cards = await priceStore.cards(tx, theaterId)
  const types = await priceStore.types(tx, theaterId)
  const dayStartsAt = await theaterStore.dayStartsAt(tx, theaterId)
  const priced: Priced = { shows: [], unpriced: [] }
  for (const show of lacking) {
    const card =
      cards.find(({ id }) => id === show.price_card_id) ??
      cardForTime(cards, { localStart: show.local_start, day: show.day, dayStartsAt })
    const found = pricesOfShow(card?.prices ?? [], { types, zones: newZones(show) })
    if (!found.ok) priced.unpriced.push(...found.unpriced)
    else {
      const prices = [...show.prices, ...found.prices]
      priced.shows.push({ ...show, prices, price_from: leastOf(prices) })
    }
  }
  return { shows: priced.shows, unpriced: [...new Set(priced.unpriced)] }
}
