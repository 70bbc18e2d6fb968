import type { Options } from './options.ts'
import { startProduct } from './product.ts'
import { alternate, report, type Side } from './rounds.ts'
import { wrk } from './wrk.ts'

const connections = 32

/** The programme from the cache, and rendered anew for every request; the latter is the baseline. */
export async function home({ rounds, seconds }: Options): Promise<string> {
  const product = await startProduct()
  const side = async (script?: string): Promise<Side> => {
    const used = product.cpu()
    const run = await wrk({ url: `${product.origin}/`, connections, seconds, ...(script ? { script } : {}) })
    if (run.errors > 0) throw new Error(`${run.errors} errors`)
    return {
      perSecond: run.requestsPerSecond,
      cpuPerRequestMs: ((product.cpu() - used) / run.requests) * 1000,
      p99Ms: run.p99Ms,
    }
  }
  // No two addresses are equal, so none is in the cache.
  const fresh = new URL('./lua/fresh.lua', import.meta.url).pathname
  try {
    await side()
    await side(fresh)
    const result = await alternate(
      rounds,
      () => side(),
      () => side(fresh),
    )
    return report('home: cached, against uncached', result, undefined)
  } finally {
    await product.end()
  }
}
