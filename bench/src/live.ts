import { type LoadResult, load } from './load.ts'
import type { Options } from './options.ts'
import { startProduct } from './product.ts'
import { figure, shown, spread } from './rounds.ts'
import { bodyOf, freshWishes } from './wishes.ts'

const sockets = 5000
const shows = 20
const perSecond = 50
const promisedMs = 500

/** Browsers that watch shows through two gateways while seats change: how long until the last of them knows. */
export async function live({ rounds, seconds }: Options): Promise<string> {
  const product = await startProduct({ MARQUEE_TOPOLOGY: 'split' })
  try {
    const forARound = Math.max(shows, Math.ceil(seconds * perSecond))
    const wishes = await freshWishes(product.origin, { atOnce: shows, count: (rounds + 1) * forARound })
    const once = () =>
      load({
        mode: 'live',
        origin: product.origin,
        sockets,
        perSecond,
        seconds,
        bodies: wishes.splice(0, forARound).map(bodyOf),
      })
    await once()
    const cpu = product.cpu()
    const runs: LoadResult[] = []
    for (let round = 0; round < rounds; round++) runs.push(await once())
    const p = (kind: string, of: 'p50Ms' | 'p99Ms') =>
      spread(runs.map((run) => run.kinds[kind]?.[of] ?? Number.NaN))
    const last = p('last', 'p99Ms')
    const frames = runs.reduce((sum, run) => sum + (run.kinds.each?.requests ?? 0), 0)
    return [
      `live: ${figure(sockets)} sockets over two gateways, ${shows} shows, ${perSecond} changes a second, ${rounds} rounds of ${seconds} s`,
      `  last      p50 ${shown(p('last', 'p50Ms'))}, p99 ${shown(last)} ms from asking to the last browser, promised ${promisedMs}: ${last.median < promisedMs ? 'kept' : 'NOT KEPT'}`,
      `  each      p50 ${shown(p('each', 'p50Ms'))}, p99 ${shown(p('each', 'p99Ms'))} ms`,
      `  hold      p99 ${shown(p('hold', 'p99Ms'))} ms until its own answer`,
      `  CPU       ${figure(((product.cpu() - cpu) / frames) * 1000)} ms a frame, connecting included`,
    ].join('\n')
  } finally {
    await product.end()
  }
}
