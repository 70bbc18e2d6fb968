import { startNginx } from './nginx.ts'
import type { Options } from './options.ts'
import { startProduct } from './product.ts'
import { alternate, report, type Side } from './rounds.ts'
import { wrk } from './wrk.ts'

const connections = 64

/** GET /api/movies from the gateway's cache, against nginx with one worker serving the same bytes. */
export async function listing({ rounds, seconds }: Options): Promise<string> {
  const product = await startProduct()
  const url = `${product.origin}/api/movies`
  const nginx = await startNginx(new Uint8Array(await (await fetch(url)).arrayBuffer()))
  const side = async (of: string, cpu: () => number): Promise<Side> => {
    const used = cpu()
    const run = await wrk({ url: of, connections, seconds })
    if (run.errors > 0) throw new Error(`${run.errors} errors from ${of}`)
    return {
      perSecond: run.requestsPerSecond,
      cpuPerRequestMs: ((cpu() - used) / run.requests) * 1000,
      p99Ms: run.p99Ms,
    }
  }
  try {
    await side(url, product.cpu)
    const result = await alternate(
      rounds,
      () => side(url, product.cpu),
      () => side(nginx.url, nginx.cpu),
    )
    return report('listing: GET /api/movies cached, against nginx with one worker', result, 0.4)
  } finally {
    await nginx.end()
    await product.end()
  }
}
