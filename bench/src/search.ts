import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFilled } from './catalogue.ts'
import type { Options } from './options.ts'
import type { Product } from './product.ts'
import { shown, spread } from './rounds.ts'
import { type Film, makeWishes } from './search-wishes.ts'
import { wrk } from './wrk.ts'

const connections = 50
const different = 2000
const promisedMs = 50

/** Lists, filters, searches and suggestions over the whole catalogue with no cache, 50 requests at a time. */
export async function search({ rounds, seconds }: Options): Promise<string> {
  const { product, films } = await startFilled({ GATEWAY_CACHE_BYTES: '0' })
  const folder = mkdtempSync(join(tmpdir(), 'bench-search-'))
  try {
    const lines = [`search: ${films}, no cache, ${connections} at a time, promised p99 ${promisedMs} ms`]
    const wishes = Object.entries(makeWishes(await someFilms(product)))
    const script = new URL('./lua/paths.lua', import.meta.url).pathname
    const ask = (name: string) =>
      wrk({ url: product.origin, connections, seconds, script, args: [join(folder, name)] })
    for (const [name, paths] of wishes) {
      writeFileSync(join(folder, name), paths.join('\n'))
      await ask(name)
    }
    for (const [name] of wishes) {
      const used = product.cpu()
      const runs = []
      for (let round = 0; round < rounds; round++) runs.push(await ask(name))
      const cpu = (1000 * (product.cpu() - used)) / runs.reduce((sum, one) => sum + one.requests, 0)
      const errors = runs.reduce((sum, one) => sum + one.errors, 0)
      if (errors > 0) throw new Error(`${name}: ${errors} errors`)
      const p99 = spread(runs.map((one) => one.p99Ms))
      lines.push(
        `  ${name.padEnd(8)} p99 ${shown(p99)} ms, p50 ${shown(spread(runs.map((one) => one.p50Ms)))} ms, ${shown(spread(runs.map((one) => one.requestsPerSecond)))} a second, ${cpu.toFixed(2)} ms CPU each: ${p99.median < promisedMs ? 'kept' : 'NOT KEPT'}`,
      )
    }
    return lines.join('\n')
  } finally {
    rmSync(folder, { recursive: true })
    await product.end()
  }
}

async function someFilms({ sql }: Product): Promise<Film[]> {
  const { rows } = await sql.query<Film>(
    `select film ->> 'title' as title, year, film -> 'genres' ->> 0 as genre, film -> 'cast' ->> 0 as person
     from movies.movies order by md5(id::text) limit $1`,
    [different],
  )
  return rows
}
