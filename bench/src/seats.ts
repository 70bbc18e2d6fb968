import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from './load.ts'
import type { Options } from './options.ts'
import { startProduct } from './product.ts'
import { figure, shown, spread } from './rounds.ts'
import { bodyOf, freshWishes } from './wishes.ts'
import { wrk } from './wrk.ts'

const readers = 32
const buyers = 4
const ordersForASecond = 600

/** GET seats of 50 shows while seats of the same shows are sold. */
export async function seats({ rounds, seconds }: Options): Promise<string> {
  const product = await startProduct()
  try {
    const forARound = (seconds + 1) * ordersForASecond
    const wishes = await freshWishes(product.origin, { atOnce: 50, count: rounds * forARound })
    const file = join(mkdtempSync(join(tmpdir(), 'bench-')), 'paths')
    const shows = [...new Set(wishes.map(({ showId }) => showId))].slice(0, 50)
    writeFileSync(file, shows.map((showId) => `/api/shows/${showId}/seats`).join('\n'))
    const script = new URL('./lua/paths.lua', import.meta.url).pathname
    const figures: { perSecond: number; p99Ms: number; sold: number; cpuMs: number }[] = []
    for (let round = 0; round < rounds; round++) {
      const bodies = wishes.splice(0, forARound).map(bodyOf)
      const used = product.cpu()
      const [run, sold] = await Promise.all([
        wrk({ url: product.origin, connections: readers, seconds, script, args: [file] }),
        load({ mode: 'orders', origin: product.origin, clients: buyers, seconds, bodies }),
      ])
      if (run.errors > 0) throw new Error(`${run.errors} errors`)
      const cpuMs = ((product.cpu() - used) / run.requests) * 1000
      figures.push({
        perSecond: run.requestsPerSecond,
        p99Ms: run.p99Ms,
        sold: sold.done / sold.seconds,
        cpuMs,
      })
    }
    const of = (pick: (one: (typeof figures)[number]) => number) => shown(spread(figures.map(pick)))
    return [
      `seats: GET seats of 50 shows, ${readers} readers, ${buyers} buyers`,
      `  ours      ${of((one) => one.perSecond)} a second, p99 ${of((one) => one.p99Ms)} ms, ${of((one) => one.cpuMs)} ms CPU each, sales included`,
      `  sold      ${of((one) => one.sold)} orders a second meanwhile, ${figure(rounds)} rounds`,
    ].join('\n')
  } finally {
    await product.end()
  }
}
