import { setTimeout as delay } from 'node:timers/promises'
import { createChance } from '../../services/movies/tests/catalogue.ts'
import { person } from '../../tests/harness/client.ts'
import { createZipf, filmIds, startAgain, startFilled } from './catalogue.ts'
import type { Options } from './options.ts'
import type { Product } from './product.ts'
import { type Reading, readAll } from './readers.ts'
import { figure } from './rounds.ts'

const reads = 100_000
const connections = 50
const promised = 0.9
const editor = 'admin@marquee.example'
/** PostgreSQL's backends tell of their scans at the latest ten seconds after the last. */
const settleMilliseconds = 12_000

type Run = Reading & { questions: number; edits: number; counts: Record<string, number> }

/**
 * 100,000 reads of single films, Zipf 1.0 over the whole catalogue, cold, one film edited a second, with 64 MiB of
 * cache and with none; counted by PostgreSQL: scans of the films' table.
 */
export async function cache(_: Options): Promise<string> {
  const { product, films } = await startFilled()
  let last = product
  const startWith = async (bytes: number) => {
    last = await startAgain(last, { GATEWAY_CACHE_BYTES: String(bytes) })
    return last
  }
  try {
    const ids = await filmIds(product)
    const cached = await run(await startWith(64 * 1024 * 1024), ids)
    const uncached = await run(await startWith(0), ids)
    const fewer = 1 - cached.questions / uncached.questions
    const counts = Object.entries(cached.counts).map(([name, value]) => `${name} ${figure(value)}`)
    return [
      `cache: ${reads.toLocaleString('en')} reads, Zipf 1.0 over ${films}, cold, one edit a second`,
      `  64 MiB    ${told(cached)}`,
      `            ${counts.join(', ')}`,
      `  without   ${told(uncached)}`,
      `  fewer     ${(fewer * 100).toFixed(1)}%, promised ${promised * 100}%: ${fewer >= promised ? 'kept' : 'NOT KEPT'}`,
    ].join('\n')
  } finally {
    await last.end()
  }
}

const told = (run: Run) =>
  `${figure(run.questions)} questions, ${figure(run.perSecond)} reads a second, p50 ${figure(run.p50Ms)} ms, p99 ${figure(run.p99Ms)} ms, ${run.edits} edits`

async function run(product: Product, ids: readonly string[]): Promise<Run> {
  const chance = createChance(7)
  const draw = createZipf(ids.length, chance)
  const path = () => `/api/movies/${ids[draw()]}`
  const admin = await person(product.origin, editor)
  await delay(settleMilliseconds)
  const before = await scans(product)
  let edits = 0
  const edit = async () => {
    edits += 1
    const { status } = await admin('PATCH', `/api/movies/${ids[draw()]}`, {
      body: { runtimeMinutes: 60 + edits },
    })
    if (status !== 200) throw new Error(`an edit was answered ${status}`)
  }
  const timer = setInterval(() => void edit(), 1000)
  const reading = await readAll(product.origin, repeat(path, reads), connections)
  clearInterval(timer)
  if (reading.errors > 0) throw new Error(`${reading.errors} reads failed`)
  await delay(settleMilliseconds)
  return { ...reading, edits, questions: (await scans(product)) - before, counts: await cacheCounts(product) }
}

function* repeat(make: () => string, times: number): Generator<string> {
  for (let time = 0; time < times; time++) yield make()
}

async function scans({ sql }: Product): Promise<number> {
  const { rows } = await sql.query(
    `select (seq_scan + coalesce(idx_scan, 0))::int as scans from pg_stat_user_tables
     where schemaname = 'movies' and relname = 'movies'`,
  )
  return rows[0].scans
}

/** The cache's own metrics: hits, misses, evictions, bytes. */
async function cacheCounts(product: Product): Promise<Record<string, number>> {
  const text = await product.metrics()
  const counts: Record<string, number> = {}
  for (const [, name = '', labels = '', value] of text.matchAll(/^marquee_cache_(\w+)\{([^}]*)\} (\S+)$/gm)) {
    const outcome = /outcome="(\w+)"/.exec(labels)?.[1]
    counts[outcome ?? name.replace(/_total$/, '')] = Number(value)
  }
  return counts
}
