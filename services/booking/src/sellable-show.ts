import type { Layout, ShowFacts } from '@marquee/contracts/theaters'
import { createPlan, type Plan } from './house/plan.ts'

type ShowPrice = ShowFacts['prices'][number]

/** What booking knows of a show besides its claims: facts, prices by zone and ticket type, and the room. */
export type SellableShow = {
  facts: ShowFacts
  plan: Plan
  priceOf: (zone: string, ticketType: string) => ShowPrice | undefined
  zones: readonly string[]
}

export function sellableShow(facts: ShowFacts, plan: Plan): SellableShow {
  const prices = new Map(facts.prices.map((price) => [`${price.zone}\n${price.ticketType}`, price]))
  const priced = new Set(facts.prices.map(({ zone }) => zone))
  const zones = [...new Set(plan.seats.map(({ zone }) => zone))].filter((zone) => priced.has(zone))
  return { facts, plan, zones, priceOf: (zone, ticketType) => prices.get(`${zone}\n${ticketType}`) }
}

export function planOf(layout: Layout): Plan {
  return createPlan(layout.seats)
}
