import { z } from 'zod'
import type { Ask } from './ask.ts'
import { type Bought, buy } from './buyer.ts'

const Shows = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      movieTitle: z.string(),
      screenName: z.string(),
      theaterName: z.string(),
      seatsLeft: z.number(),
    }),
  ),
})
const ShowPrices = z.object({
  prices: z.array(
    z.object({
      ticketType: z.string(),
      requires: z.array(z.string()),
      price: z.object({ amount: z.number() }),
    }),
  ),
})
const Ledger = z.object({
  balanced: z.boolean(),
  differences: z.array(z.object({ currency: z.string(), ours: z.number(), theirs: z.number() })),
})

export type RushResult = {
  wanted: number
  sold: number
  twice: number
  refused: string[]
  ledger: number
  seconds: number
  orders: number
}
export type RushDeps = {
  ask: Ask
  random: () => number
  pause: (milliseconds: number) => Promise<void>
  now: () => number
  say: (line: string) => void
}
export type RushOptions = {
  buyers: number
  atOnce: number
  showId?: string
  admin: { email: string; password: string }
}

/** Many people want one screen's seats at the same time; judged afterwards by what they were told themselves. */
export async function runRush(
  { ask, random, pause, now, say }: RushDeps,
  options: RushOptions,
): Promise<RushResult> {
  const show = await pickShow(ask, options.showId)
  const { prices } = ShowPrices.parse((await ask('GET', `/api/shows/${show.id}`)).body)
  const ticketType = prices
    .filter((price) => price.requires.length === 0)
    .toSorted((a, b) => b.price.amount - a.price.amount)[0]?.ticketType
  if (!ticketType) throw new Error('the show has no ticket that anybody may buy')
  say(
    `${options.buyers} people want ${show.movieTitle}, ${show.screenName}, ${show.theaterName}: ${show.seatsLeft} seats left`,
  )

  const began = now()
  const outcomes: Bought[] = []
  let next = 0
  const line = async () => {
    while (next < options.buyers) {
      const name = `buyer-${now().toString(36).replace('.', '')}-${next++}`
      outcomes.push(await buy({ ask, showId: show.id, ticketType, random, pause }, name))
    }
  }
  await Promise.all(Array.from({ length: options.atOnce }, line))

  const bought = outcomes.filter((one) => one.result === 'bought')
  const seats = bought.flatMap((one) => one.seats)
  return {
    wanted: options.buyers,
    sold: seats.length,
    orders: bought.length,
    twice: seats.length - new Set(seats).size,
    refused: outcomes.flatMap((one) => (one.result === 'refused' ? [one.why] : [])),
    ledger: await ledgerDifference(ask, options.admin),
    seconds: (now() - began) / 1000,
  }
}

async function pickShow(ask: Ask, wanted: string | undefined) {
  const { items } = Shows.parse((await ask('GET', '/api/shows?limit=100')).body)
  const show = wanted
    ? items.find((one) => one.id === wanted)
    : items.toSorted((a, b) => Number(b.seatsLeft > 60) - Number(a.seatsLeft > 60) || 0)[0]
  if (!show)
    throw new Error(
      wanted ? `there is no upcoming show ${wanted}` : 'there is no upcoming show: add one in /manage',
    )
  return show
}

/** Minor units by which our books and the provider's differ, over all currencies. */
async function ledgerDifference(ask: Ask, admin: RushOptions['admin']): Promise<number> {
  const login = await ask('POST', '/api/auth/login', { body: { ...admin, session: 'token' } })
  const ledger = await ask('GET', '/api/payments/ledger', {
    headers: { authorization: `Bearer ${String(login.body.accessToken)}` },
  })
  const { differences } = Ledger.parse(ledger.body)
  return differences.reduce((sum, one) => sum + Math.abs(one.ours - one.theirs), 0)
}
