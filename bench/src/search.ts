import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createChance } from '../../services/movies/tests/catalogue.ts'
import { startFilled } from './catalogue.ts'
import type { Options } from './options.ts'
import type { Product } from './product.ts'
import { shown, spread } from './rounds.ts'
import { wrk } from './wrk.ts'

const connections = 50
const different = 2000
const promisedMs = 50

type Film = { title: string; year: number | null; genre: string | null; person: string | null }

/** Lists, filters, searches and suggestions over the whole catalogue with no cache, 50 requests at a time. */
export async function search({ rounds, seconds }: Options): Promise<string> {
  const { product, films } = await startFilled({ GATEWAY_CACHE_BYTES: '0' })
  const folder = mkdtempSync(join(tmpdir(), 'bench-search-'))
  try {
    const lines = [`search: ${films}, no cache, ${connections} at a time, promised p99 ${promisedMs} ms`]
    const wishes = Object.entries(makeWishes(await someFilms(product)))
    for (const [name, paths] of wishes) writeFileSync(join(folder, name), paths.join('\n'))
    for (const [name] of wishes) {
      const script = new URL('./lua/paths.lua', import.meta.url).pathname
      const run = () => wrk({ url: product.origin, connections, seconds, script, args: [join(folder, name)] })
      await run()
      const runs = []
      for (let round = 0; round < rounds; round++) runs.push(await run())
      const errors = runs.reduce((sum, one) => sum + one.errors, 0)
      if (errors > 0) throw new Error(`${name}: ${errors} errors`)
      const p99 = spread(runs.map((one) => one.p99Ms))
      lines.push(
        `  ${name.padEnd(8)} p99 ${shown(p99)} ms, p50 ${shown(spread(runs.map((one) => one.p50Ms)))} ms, ${shown(spread(runs.map((one) => one.requestsPerSecond)))} a second: ${p99.median < promisedMs ? 'kept' : 'NOT KEPT'}`,
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

/** What people ask for: whole and begun words, names, slips of the finger, one letter after the other. */
function makeWishes(films: readonly Film[]): Record<'list' | 'filter' | 'search' | 'suggest', string[]> {
  const chance = createChance(11)
  const ask = (path: string, query: Record<string, string | number>) =>
    `${path}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`
  const sorts = ['popular', 'rating', 'newest', 'title']
  return {
    list: films.map((_, at) => ask('/api/movies', { sort: sorts[at % 4] ?? '', limit: 20 + (at % 3) * 20 })),
    filter: films.map(({ genre, year }, at) =>
      ask('/api/movies', {
        ...(at % 3 === 1 ? {} : { genre: genre ?? 'Drama' }),
        ...(at % 3 === 0 ? {} : { year: year ?? 1950 }),
        sort: sorts[at % 4] ?? '',
      }),
    ),
    search: films.map(({ title, person, genre }, at) => {
      const words = title.split(' ')
      const kinds = [
        title,
        words[Math.floor(chance() * words.length)] ?? title,
        person ?? title,
        `${words[0]} ${(person ?? '').split(' ')[0]}`,
        slip(title, chance),
      ]
      return ask('/api/movies', {
        q: (kinds[at % kinds.length] ?? title).slice(0, 100),
        ...(at % 7 === 0 && genre ? { genre } : {}),
      })
    }),
    suggest: films.map(({ title }, at) => {
      const begun = title.slice(0, 1 + Math.floor(chance() * Math.min(title.length, 12))).trim()
      return ask('/api/movies/suggest', { q: at % 4 === 0 ? slip(title, chance).slice(0, 100) : begun })
    }),
  }
}

/** Two neighbouring letters in the wrong order. */
function slip(text: string, chance: () => number): string {
  const at = Math.floor(chance() * Math.max(1, text.length - 1))
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
}
