import { client } from '../../tests/harness/client.ts'
import { type LoadResult, load } from './load.ts'
import type { Options } from './options.ts'
import { startProduct } from './product.ts'
import { figure, shown, spread } from './rounds.ts'
import { bodyOf, freshWishes } from './wishes.ts'

const perSecond = 2000
const promisedMs = { home: 100, listing: 200, seats: 150, confirm: 500 }

/** 2,000 requests a second whatever the server does: people who look, and two in a hundred who buy. */
export async function mixed({ rounds, seconds }: Options): Promise<string> {
  const product = await startProduct()
  try {
    const forARound = Math.ceil(seconds * perSecond * 0.01)
    const wishes = await freshWishes(product.origin, { atOnce: 50, count: (rounds + 1) * forARound })
    const ask = client(product.origin)
    const movies = (await ask('GET', '/api/movies')).body.items as { id: string }[]
    const showIds = [...new Set(wishes.map(({ showId }) => showId))].slice(0, 20)
    const share = (total: number, of: readonly string[], kind: string) =>
      of.map((path) => ({ kind, path, share: total / of.length }))
    const parts = [
      ...share(300, ['/'], 'home'),
      ...share(200, ['/api/movies', '/api/movies?sort=title'], 'listing'),
      ...share(
        180,
        movies.slice(0, 18).map(({ id }) => `/api/movies/${id}`),
        'film',
      ),
      ...share(110, ['/api/shows'], 'shows'),
      ...share(
        200,
        showIds.map((id) => `/api/shows/${id}/seats`),
        'seats',
      ),
      // A purchase is a hold and a payment.
      { kind: 'purchase', path: '', share: 10 },
    ]
    const once = () =>
      load({
        mode: 'mixed',
        origin: product.origin,
        perSecond: perSecond / 1.01,
        seconds,
        parts,
        bodies: wishes.splice(0, forARound).map(bodyOf),
      })
    await once()
    const cpu = product.cpu()
    const runs: LoadResult[] = []
    for (let round = 0; round < rounds; round++) runs.push(await once())
    const answered = runs.reduce((sum, run) => sum + run.sent + run.purchases, 0)
    return [
      `mixed: ${figure(perSecond)} requests a second, open loop, ${rounds} rounds of ${seconds} s`,
      ...Object.entries(promisedMs).map(([kind, most]) => {
        const p99 = spread(runs.map((run) => run.kinds[kind]?.p99Ms ?? Number.NaN))
        return `  ${kind.padEnd(9)} p99 ${shown(p99)} ms, promised ${most}: ${p99.median <= most ? 'kept' : 'NOT KEPT'}`
      }),
      `  rate      ${shown(spread(runs.map((run) => (run.sent + run.purchases) / run.seconds)))} a second, ${runs.reduce((sum, run) => sum + run.late, 0)} of ${answered} sent over 20 ms late, ${figure(((product.cpu() - cpu) / answered) * 1000)} ms CPU each`,
    ].join('\n')
  } finally {
    await product.end()
  }
}
