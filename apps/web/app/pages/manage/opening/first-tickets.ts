import type { Layout, TicketType, ZonePrice } from '../manage-types.ts'
import { keyFor } from '../prices/key-for.ts'
import { digitsOf } from '../prices/parse-money.ts'
import { cellOf, type Grid } from '../prices/price-grid.tsx'

/** A ticket being written: `id` is what its prices go by here, `key` what the house knows it by once it does. */
export type Ticket = Pick<TicketType, 'name' | 'channels' | 'requires'> & {
  id: string
  key?: string
  proof: string
}
/** Zones of a house's halls; those in which wheelchair spaces and the seats beside them stand, and how many there are. */
export type Halls = { zones: string[]; accessZones: string[]; spaces: number; companions: number }
type Words = Record<'adult' | 'reduced' | 'reducedProof' | 'wheelchair' | 'companion', string>

/** Guests meet these by their keys: a seat of that kind starts with the ticket of that name. */
const accessKeys = ['wheelchair', 'companion']
const usual = { adult: 11, reduced: 8, wheelchair: 8, companion: 0 }

export function hallsOf(layouts: readonly Layout[]): Halls {
  const seats = layouts.flatMap((layout) => layout.seats)
  const spaces = seats.filter(({ kind }) => kind === 'wheelchair')
  const companions = seats.filter(({ kind }) => kind === 'companion')
  const zonesOf = (some: typeof seats) => [...new Set(some.map(({ zone }) => zone))]
  return {
    zones: zonesOf(seats),
    // A companion seat in a hall without wheelchair spaces is sold like any other.
    accessZones: spaces.length > 0 ? zonesOf([...spaces, ...companions]) : [],
    spaces: spaces.length,
    companions: companions.length,
  }
}

/** Those the house has already, or the two that most houses sell. */
export function startTickets(known: readonly TicketType[], words: Words): Ticket[] {
  const ordinary = known.filter(({ key }) => !accessKeys.includes(key)).map(asWritten)
  if (ordinary.length > 0) return ordinary
  return [ticket('adult', words.adult), { ...ticket('reduced', words.reduced), proof: words.reducedProof }]
}

/** One for wheelchair spaces, and one that goes only with it. */
export function accessTickets(known: readonly TicketType[], words: Words): Ticket[] {
  const found = (key: string) => known.filter((one) => one.key === key).map(asWritten)[0]
  return [
    found('wheelchair') ?? ticket('wheelchair', words.wheelchair),
    found('companion') ?? { ...ticket('companion', words.companion), requires: ['wheelchair'] },
  ]
}

/** The first, second, third one added here, with no name yet. Its id is no key: those have no plus. */
export const anotherTicket = (count: number): Ticket => ({ ...blank, id: `+${count}`, name: '' })

/** With keys out of their names for those that the house has not met. */
export function withKeys(tickets: readonly Ticket[]): (Ticket & { key: string })[] {
  const keys = tickets.flatMap(({ key }) => key ?? [])
  return tickets.map((one) => {
    const key = one.key ?? keyFor(one.name, keys)
    keys.push(key)
    return { ...one, key }
  })
}

/** Keys of what the house sells and its owner took off the list; what no list of these halls shows stays. */
export function retiredKeys(
  known: readonly TicketType[],
  tickets: readonly Ticket[],
  halls: Halls,
): string[] {
  const shown = known.filter(({ key }) => halls.spaces > 0 || !accessKeys.includes(key))
  return shown.map(({ key }) => key).filter((key) => !tickets.some((one) => one.key === key))
}

/** A price card holds 500 prices, and more than ten kinds of ticket nobody chooses from. */
export const mostTickets = (zones: number): number => Math.max(2, Math.min(10, Math.floor(500 / zones)))

export const zonesOf = ({ id }: Ticket, halls: Halls): string[] =>
  accessKeys.includes(id) ? halls.accessZones : halls.zones

/** Round figures to start from; a better zone costs a little more. Yen and their like need two zeros more. */
export function suggestedPrices(tickets: readonly Ticket[], halls: Halls, currency: string): Grid {
  const unit = digitsOf(currency) === 0 ? 100 : 10 ** digitsOf(currency)
  const priceIn = (zone: string, base: number) => (base === 0 ? 0 : base + halls.zones.indexOf(zone) * 2)
  const known = new Map(Object.entries(usual))
  return Object.fromEntries(
    tickets.flatMap((one) => {
      const base = known.get(one.id)
      if (base === undefined) return []
      return zonesOf(one, halls).map((zone) => [cellOf(zone, one.id), priceIn(zone, base) * unit])
    }),
  )
}

/** What is written for these tickets and no others, zone by zone in the order of the tickets, which guests see too. */
export function gridFor(tickets: readonly (Ticket & { key: string })[], halls: Halls, grid: Grid): Grid {
  return Object.fromEntries(
    halls.zones.flatMap((zone) =>
      tickets
        .filter((one) => zonesOf(one, halls).includes(zone))
        .map((one) => [cellOf(zone, one.key), grid[cellOf(zone, one.id)]]),
    ),
  )
}

/** Zones that sell nothing by itself. No show goes on sale in a hall that has one. */
export function unsoldZones(zones: string[], tickets: readonly Ticket[], prices: readonly ZonePrice[]) {
  const alone = new Set(tickets.filter(({ requires }) => requires.length === 0).map(({ key }) => key))
  return zones.filter((zone) => !prices.some((price) => price.zone === zone && alone.has(price.ticketType)))
}

const blank = { proof: '', channels: ['online', 'counter'], requires: [] } satisfies Partial<Ticket>
const ticket = (key: string, name: string): Ticket => ({ ...blank, id: key, key, name })

const asWritten = ({ proof, ...type }: TicketType): Ticket => ({ ...type, id: type.key, proof: proof ?? '' })
