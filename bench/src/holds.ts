import { randomUUIDv7 } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { ownCpuSeconds } from './cpu.ts'
import type { Options } from './options.ts'
import { type Product, startProduct } from './product.ts'
import { alternate, report, type Side } from './rounds.ts'
import { bodyOf, freshWishes, type Wish } from './wishes.ts'
import { wrk } from './wrk.ts'

const clients = 64
const linesForASecond = 12_000

/** Two seats each, 64 clients, through HTTP; beside it the same rows by pg, one transaction a hold. */
export async function holds({ rounds, seconds }: Options): Promise<string> {
  const reports: string[] = []
  for (const { name, atOnce, promised } of [
    { name: 'holds, over 50 shows', atOnce: 50, promised: 1.0 },
    { name: 'holds, on one hot show', atOnce: 1, promised: 1.3 },
  ]) {
    const product = await startProduct()
    try {
      const wishes = await freshWishes(product.origin, {
        atOnce,
        count: (rounds + 1) * seconds * linesForASecond,
      })
      const take = () => wishes.splice(0, seconds * linesForASecond)
      const sample = await ours(product, take(), seconds)
      const rows = await createBaseline(product, atOnce)
      await rows.run(Math.min(1, seconds))
      const result = await alternate(
        rounds,
        () => ours(product, take(), seconds),
        () => rows.run(seconds),
      )
      await rows.end()
      if (sample.perSecond === 0) throw new Error('nothing could be held')
      reports.push(report(name, result, promised))
    } finally {
      await product.end()
    }
  }
  return reports.join('\n')
}

async function ours(product: Product, wishes: readonly Wish[], seconds: number): Promise<Side> {
  const file = join(mkdtempSync(join(tmpdir(), 'bench-')), 'holds')
  writeFileSync(file, wishes.map(bodyOf).join('\n'))
  const before = await rowsOf(product)
  const cpu = product.cpu()
  const run = await wrk({
    url: product.origin,
    connections: clients,
    seconds,
    script: new URL('./lua/lines.lua', import.meta.url).pathname,
    args: ['/api/orders', file],
  })
  const used = product.cpu() - cpu
  const after = await rowsOf(product)
  const made = after.orders - before.orders
  if (run.errors > 0 || after.claims - before.claims !== 2 * made || made < run.requests)
    throw new Error(`${run.requests} answers, ${run.errors} of them no hold, ${made} orders written`)
  return {
    perSecond: run.requests / run.seconds,
    cpuPerRequestMs: (used / run.requests) * 1000,
    p99Ms: run.p99Ms,
  }
}

async function rowsOf({ sql }: Product): Promise<{ orders: number; claims: number }> {
  const { rows } = await sql.query(
    'select (select count(*)::int from booking.orders) as orders, (select count(*)::int from booking.seat_claims) as claims',
  )
  return rows[0]
}

/** An order that the product wrote, written again under new ids: the same columns, row for row. */
async function createBaseline(product: Product, shows: number) {
  const pool = new pg.Pool({ connectionString: product.databaseUrl, max: clients })
  // Only so that an error elsewhere is the one that is told.
  pool.on('error', () => {})
  const { rows } = await product.sql.query('select * from booking.orders order by id desc limit 1')
  const one = rows[0]
  const showIds = Array.from({ length: shows }, () => randomUUIDv7())
  let seat = 0

  async function hold(): Promise<void> {
    const at = seat++
    const orderId = randomUUIDv7()
    const showId = showIds[at % shows]
    const client = await pool.connect()
    try {
      await client.query('begin')
      await client.query({
        name: 'order',
        text: `insert into booking.orders (id, show_id, channel, email, network, seats, seat_count, total, currency,
            tax_rate_permille, booking_fee, hold_expires_at, created_at)
          values ($1, $2, $3, $4, $5, $6, 2, $7, $8, $9, $10, clock_timestamp() + interval '8 minutes', clock_timestamp())`,
        values: [
          orderId,
          showId,
          one.channel,
          `guest-${at}@bench.example`,
          one.network,
          JSON.stringify(one.seats),
          one.total,
          one.currency,
          one.tax_rate_permille,
          one.booking_fee,
        ],
      })
      await client.query({
        name: 'claims',
        text: `insert into booking.seat_claims (show_id, seat_id, order_id, state, expires_at)
          values ($1, $2, $4, 'held', clock_timestamp() + interval '8 minutes'),
                 ($1, $3, $4, 'held', clock_timestamp() + interval '8 minutes')`,
        values: [showId, `R${at}-1`, `R${at}-2`, orderId],
      })
      await client.query('commit')
    } finally {
      client.release()
    }
  }

  async function run(seconds: number): Promise<Side> {
    const cpu = () => ownCpuSeconds() + product.cpuOfPostgres()
    const used = cpu()
    const began = performance.now()
    const until = began + seconds * 1000
    let held = 0
    const line = async () => {
      while (performance.now() < until) {
        await hold()
        held += 1
      }
    }
    await Promise.all(Array.from({ length: clients }, line))
    const took = (performance.now() - began) / 1000
    return { perSecond: held / took, cpuPerRequestMs: ((cpu() - used) / held) * 1000 }
  }
  return { run, end: () => pool.end() }
}
