import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { catalogue } from '../../services/movies/tests/catalogue.ts'
import { runMarquee } from '../../tests/harness/marquee.ts'
import { type Product, startProduct } from './product.ts'

const films = 36_273

export type Filled = { product: Product; films: string }

/** A product with films brought in as its users do: those of `BENCH_FILMS` (JSON lines), else as many made-up ones. */
export async function startFilled(env: Record<string, string> = {}): Promise<Filled> {
  const empty = await startProduct()
  await empty.sql.end()
  await empty.stop()
  const folder = mkdtempSync(join(tmpdir(), 'bench-films-'))
  const made = join(folder, 'films.jsonl')
  const { BENCH_FILMS: given, BENCH_RATINGS: ratings } = process.env
  try {
    const lines = catalogue(films).map((film) => JSON.stringify(film))
    writeFileSync(made, lines.join('\n'))
    await bring(empty.data, 'movies', given ?? made)
    if (ratings) await bring(empty.data, 'ratings', ratings)
  } finally {
    rmSync(folder, { recursive: true })
  }
  const product = await startProduct({ MARQUEE_DATA: empty.data, ...env })
  await untilIdle(product)
  await product.sql.query('vacuum analyze movies.movies')
  const { rows } = await product.sql.query('select count(*)::int as count from movies.movies')
  return { product, films: `${rows[0].count} films ${given ? 'of a file' : 'made up'}` }
}

/** What was brought in is told to every service and indexed before anything is measured. */
async function untilIdle({ cpu }: Product): Promise<void> {
  for (let calm = 0, waited = 0; calm < 3; waited++) {
    if (waited > 300) throw new Error('the product did not come to rest within five minutes')
    const before = cpu()
    await delay(1000)
    calm = cpu() - before < 0.2 ? calm + 1 : 0
  }
}

/** Starts again on the same data. */
export async function startAgain(product: Product, env: Record<string, string>): Promise<Product> {
  await product.sql.end()
  await product.stop()
  return startProduct({ MARQUEE_DATA: product.data, ...env })
}

async function bring(data: string, kind: 'movies' | 'ratings', from: string): Promise<void> {
  const { code, output } = await runMarquee(['import', kind, from], {
    MARQUEE_DATA: data,
    MARQUEE_LOG: 'warn',
    MARQUEE_DEMO: '1',
  })
  if (code !== 0) throw new Error(`the import ended with ${code}:\n${output}`)
}

/** Ids of films, the most popular first. */
export async function filmIds(product: Product): Promise<string[]> {
  const { rows } = await product.sql.query<{ id: string }>(
    'select id from movies.movies order by popularity desc, id',
  )
  return rows.map((row) => row.id)
}

/** Draws places of a list, the n-th as often as 1/n says. */
export function createZipf(size: number, chance: () => number): () => number {
  const sums = new Float64Array(size)
  let sum = 0
  for (let at = 0; at < size; at++) sums[at] = sum += 1 / (at + 1)
  return () => {
    const wanted = chance() * sum
    let low = 0
    let high = size - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
