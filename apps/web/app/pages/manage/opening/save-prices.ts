import { type Answer, send } from '../../../api/browser.ts'
import { sendOnce } from '../../../api/send-once.ts'
import type { Problem } from '../../../api/types.ts'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater, ZonePrice } from '../manage-types.ts'
import type { Ticket } from './first-tickets.ts'

type Wish = {
  theater: MyTheater
  /** Keys of tickets that the house sells no more. */
  retired: readonly string[]
  tickets: readonly (Ticket & { key: string })[]
  card: { name: string; prices: ZonePrice[] }
  taxRatePermille: number
}

/** Saves tax, tickets and their price card. Ends at the first refusal and tells it; what was saved is found next time. */
export async function saveFirstPrices(wish: Wish): Promise<Problem | undefined> {
  const { theater, retired, tickets, card, taxRatePermille } = wish
  const types = apiPaths.types(theater.id)
  const steps: (() => Promise<Answer<unknown>>)[] = [
    ...(taxRatePermille === theater.taxRatePermille
      ? []
      : [() => send('PATCH', apiPaths.theater(theater.id), { body: { taxRatePermille } })]),
    ...tickets.map(({ key, name, proof, channels, requires }) => () => {
      const body = { key, name, proof: proof.trim() || null, channels, requires }
      return send('POST', types, { body })
    }),
    ...retired.map((key) => () => send('DELETE', `${types}/${key}`)),
    () => sendOnce(`card:${theater.id}`, apiPaths.cards(theater.id), card),
  ]
  for (const step of steps) {
    const answer = await step()
    if (!answer.ok) return answer.problem
  }
  return undefined
}
