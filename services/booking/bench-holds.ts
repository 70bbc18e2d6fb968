// Two-seat holds by 64 callers straight into the use case: over 50 shows, then on one.
import { randomUUIDv7 } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { openDatabase } from '@marquee/kit/sql'
import pg from 'pg'
import { createHoldSeats } from './src/hold-seats.ts'
import { silentMetrics } from './src/metrics.ts'
import { createShowDesk } from './src/show-desk.ts'
import { createShowLibrary } from './src/show-library.ts'
import { saveLayout, saveShow } from './src/show-store.ts'

const callers = 64
const seconds = Number(process.env.BENCH_SECONDS ?? 4)
const url = process.env.BENCH_DATABASE_URL ?? ''
const pool = new pg.Pool({ connectionString: url, max: 1, options: '-c search_path=bench' })
const db = openDatabase({ url: `${url}?options=-c%20search_path%3Dbench`, poolSize: 4 })

async function prepare(
  shows: number,
  rows: number,
): Promise<{ showIds: string[]; pairs: [string, string][] }> {
  await pool.query('drop schema if exists bench cascade; create schema bench')
  await pool.query(readFileSync(new URL('./migrations/0001-booking.sql', import.meta.url), 'utf8'))
  const seats = Array.from({ length: rows * 40 }, (_, at) => {
    const row = Math.floor(at / 40)
    const number = at % 40
    return {
      id: `${row}-${number}`,
      row: `${row}`,
      number: `${number}`,
      label: '',
      x: number,
      y: row,
      zone: 'main',
      kind: 'standard' as const,
    }
  })
  const layout = { id: `layout-of-${rows}-rows-of-forty-seats`, width: 40, height: rows, seats }
  const price = (ticketType: string) => ({
    zone: 'main',
    ticketType,
    name: 'Adult',
    price: { amount: 1250, currency: 'EUR' },
    proof: null,
    channels: ['online' as const, 'counter' as const],
    requires: [],
  })
  const showIds = Array.from({ length: shows }, () => randomUUIDv7())
  const at = (hours: number) => Temporal.Now.instant().add({ hours }).toString()
  await db.transaction(async (tx) => {
    await saveLayout(tx, layout)
    for (const showId of showIds)
      await saveShow(
        tx,
        {
          showId,
          version: 1,
          theaterId: randomUUIDv7(),
          theaterName: 'T',
          theaterAddress: 'A',
          screenId: randomUUIDv7(),
          screenName: 'S',
          movieId: randomUUIDv7(),
          movieTitle: 'M',
          runtimeMinutes: 100,
          distributor: null,
          startsAt: at(48),
          endsAt: at(50),
          timeZone: 'Europe/Berlin',
          localStart: '2026-12-01T19:30',
          day: '2026-12-01',
          layoutId: layout.id,
          prices: [price('adult')],
          taxRatePermille: 70,
          bookingFee: { amount: 50, currency: 'EUR' },
          currency: 'EUR',
          salesFrom: at(-1),
          onlineUntil: at(48),
          counterUntil: at(48),
          refundCutoffMinutes: 60,
        },
        seats.length,
      )
  })
  await pool.query('analyze; checkpoint')
  const pairs: [string, string][] = []
  for (let at = 0; at < seats.length; at += 2) pairs.push([seats[at]?.id ?? '', seats[at + 1]?.id ?? ''])
  return { showIds, pairs }
}

async function measure(
  shows: number,
  rows: number,
  batch: { inFlight: number; most: number },
): Promise<void> {
  const { showIds, pairs } = await prepare(shows, rows)
  const sizes: number[] = []
  const desk = createShowDesk({ db, library: createShowLibrary(), announce: () => {} })
  const { hold } = createHoldSeats({
    desk,
    rules: { holdMinutes: 8, unpaidSeats: 20, companionReleaseMinutes: 60 },
    batch,
    metrics: { ...silentMetrics, batch: (size) => sizes.push(size) },
  })
  let next = 0
  let held = 0
  let refused = 0
  const total = shows * pairs.length
  const run = async (until: number) => {
    while (performance.now() < until && next < total) {
      const at = next++
      const [first = '', second = ''] = pairs[Math.floor(at / shows)] ?? []
      const userId = randomUUIDv7()
      const result = await hold({
        orderId: randomUUIDv7(),
        showId: showIds[at % shows] ?? '',
        channel: 'online',
        userId,
        email: `${userId}@example.org`,
        network: `10.0.${at & 255}.${(at >> 8) & 255}`,
        seats: [
          { seatId: first, ticketType: 'adult' },
          { seatId: second, ticketType: 'adult' },
        ],
      })
      if (result.ok) held += 1
      else refused += 1
    }
  }
  await Promise.all(Array.from({ length: callers }, () => run(performance.now() + 500)))
  held = 0
  sizes.length = 0
  const cpu = process.cpuUsage()
  const start = performance.now()
  await Promise.all(Array.from({ length: callers }, () => run(start + seconds * 1000)))
  const took = (performance.now() - start) / 1000
  const used = process.cpuUsage(cpu)
  const { rows: written } = await pool.query(
    'select (select count(*) from orders)::int as orders, (select count(*) from seat_claims)::int as claims',
  )
  if (written[0].claims !== 2 * written[0].orders || written[0].orders < held)
    throw new Error(`lost rows: ${JSON.stringify(written)}`)
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length
  console.log(
    `${shows} shows, ${batch.inFlight} in flight: ${Math.round(held / took)} holds/s, ${refused} refused, batch of ${mean.toFixed(1)}, ${((used.user + used.system) / 1e6 / took).toFixed(2)} cores of Node`,
  )
}

for (const [inFlight, most] of [
  [1, 256],
  [2, 256],
] as const) {
  await measure(50, 60, { inFlight, most })
  await measure(1, 3000, { inFlight, most })
}
await db.close()
await pool.end()
