import { randomInt, randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { client } from '../../tests/harness/client.ts'
import { type Rate, serveBareRatings } from './bare-ratings.ts'
import { ownCpuSeconds } from './cpu.ts'
import type { Options } from './options.ts'
import { type Product, startProduct } from './product.ts'
import { alternate, report, type Side } from './rounds.ts'
import { wrk } from './wrk.ts'

const clients = 256
const connections = 32
const filmCount = 10_000
const peopleCount = 200

const whatIsLeft = `select exists (select 1 from reviews.ratings where counted <> stars)
  or exists (select 1 from reviews.rating_announcements) or exists (select 1 from reviews.outbox)
  or exists (select 1 from bus.job where state < 'completed' and data ->> 'name' = 'ratings.recorded.v1') as left`

/**
 * Acknowledged, durable ratings through the gateway; beside them single-row upserts by pg into a table just like it,
 * asked for in a loop, and then over HTTP as ours are.
 */
export async function ratings({ rounds, seconds }: Options): Promise<string> {
  const product = await startProduct()
  try {
    const films = await makeFilms(product)
    const people = await openAccounts(product.origin)
    const folder = mkdtempSync(join(tmpdir(), 'bench-'))
    const files = { tokens: join(folder, 'tokens'), films: join(folder, 'films') }
    writeFileSync(files.tokens, people.map(({ token }) => token).join('\n'))
    writeFileSync(files.films, films.join('\n'))
    const upserts = await createUpserts(product)
    const baseline = rateInLoops(product, upserts.rate, { films, people: people.map(({ id }) => id) })
    await ours(product, files, 4)
    await baseline(1)
    const result = await alternate(
      rounds,
      () => ours(product, files, seconds),
      () => baseline(seconds),
    )
    const bare = await serveBareRatings(new Map(people.map(({ token, id }) => [token, id])), upserts.rate)
    const overHttp = await alternate(
      rounds,
      () => ours(product, files, seconds),
      () => rateOverHttp(product, bare.origin, files, seconds),
    )
    bare.close()
    await upserts.end()
    await settled(product)
    return [
      report(`ratings, ${clients} clients, baseline over ${connections} connections`, result, 1.5),
      report('ratings, the same upserts asked for over HTTP', overHttp, undefined),
    ].join('\n')
  } finally {
    await product.end()
  }
}

/** Films as events would have told of them. */
async function makeFilms({ sql }: Product): Promise<string[]> {
  const ids = Array.from({ length: filmCount }, () => randomUUID())
  await sql.query(
    `insert into reviews.movies (id, version, title, year, genres) select id, 1, 'Film', 2000, '{}' from unnest($1::uuid[]) as id`,
    [ids],
  )
  return ids
}

async function openAccounts(origin: string): Promise<{ id: string; token: string }[]> {
  const people: { id: string; token: string }[] = []
  for (let at = 0; at < peopleCount; at++) {
    const { status, body } = await client(origin)('POST', '/api/auth/register', {
      body: { email: `rater-${at}@bench.example`, password: 'a password for benches', name: `Rater ${at}` },
    })
    if (status !== 201) throw new Error(`an account could not be opened: ${status}`)
    people.push({ id: (body.user as { id: string }).id, token: String(body.accessToken) })
  }
  return people
}

async function ours(
  product: Product,
  files: { tokens: string; films: string },
  seconds: number,
): Promise<Side> {
  const cpu = product.cpu()
  const run = await wrkRatings(product.origin, files, seconds)
  const during = product.cpu() - cpu
  // What is settled and told afterwards is part of the price, and must not slow down the other side's turn.
  await settled(product)
  const used = product.cpu() - cpu
  if (run.errors > 0) throw new Error(`${run.errors} of ${run.requests} ratings were not acknowledged`)
  console.log(
    `  ${((during / run.requests) * 1000).toFixed(3)} ms CPU each until the last answer, ${((used / run.requests) * 1000).toFixed(3)} with all that is told of it later`,
  )
  return {
    perSecond: run.requestsPerSecond,
    cpuPerRequestMs: (used / run.requests) * 1000,
    p99Ms: run.p99Ms,
  }
}

const wrkRatings = (url: string, { tokens, films }: { tokens: string; films: string }, seconds: number) =>
  wrk({
    url,
    connections: clients,
    seconds,
    script: new URL('./lua/ratings.lua', import.meta.url).pathname,
    args: [tokens, films],
  })

/** Waits until all is counted and told; figures must then be what the rows add up to. */
async function settled({ sql }: Product): Promise<void> {
  const left = async () => (await sql.query(whatIsLeft)).rows[0].left
  while (await left()) await new Promise((resolve) => setTimeout(resolve, 100))
  const { rows } = await sql.query(
    `select count(*)::int as wrong from (select movie_id, count(*), sum(stars) from reviews.ratings where stars > 0 group by 1) r
       full join reviews.film_ratings f using (movie_id)
      where f.count is distinct from r.count or f.sum is distinct from r.sum`,
  )
  if (rows[0].wrong > 0) throw new Error(`the figures of ${rows[0].wrong} films are wrong`)
}

/** One upsert a transaction, into a table just like ours. */
async function createUpserts(product: Product): Promise<{ rate: Rate; end: () => Promise<void> }> {
  await product.sql.query('create table reviews.bench_ratings (like reviews.ratings including all)')
  const pool = new pg.Pool({ connectionString: product.databaseUrl, max: connections })
  // Only so that an error elsewhere is the one that is told.
  pool.on('error', () => {})
  return {
    rate: ({ userId, movieId, stars }) =>
      pool.query({
        name: 'rate',
        text: `insert into reviews.bench_ratings as r (user_id, movie_id, stars, sequence, rated_at)
          values ($1, $2, $3, nextval('reviews.rating_sequence'), clock_timestamp())
          on conflict (user_id, movie_id) do update
            set stars = excluded.stars, sequence = excluded.sequence, rated_at = excluded.rated_at
            where r.sequence < excluded.sequence`,
        values: [userId, movieId, stars],
      }),
    end: () => pool.end(),
  }
}

const cpuBeside = (product: Product) => ownCpuSeconds() + product.cpuOfPostgres()

function rateInLoops(product: Product, rate: Rate, { films, people }: { films: string[]; people: string[] }) {
  const pick = (from: string[]) => from[randomInt(from.length)] ?? ''
  return async (seconds: number): Promise<Side> => {
    const used = cpuBeside(product)
    const began = performance.now()
    const until = began + seconds * 1000
    let rated = 0
    const line = async () => {
      while (performance.now() < until) {
        await rate({ userId: pick(people), movieId: pick(films), stars: randomInt(1, 11) })
        rated += 1
      }
    }
    await Promise.all(Array.from({ length: clients }, line))
    const took = (performance.now() - began) / 1000
    return { perSecond: rated / took, cpuPerRequestMs: ((cpuBeside(product) - used) / rated) * 1000 }
  }
}

async function rateOverHttp(
  product: Product,
  origin: string,
  files: { tokens: string; films: string },
  seconds: number,
): Promise<Side> {
  const used = cpuBeside(product)
  const run = await wrkRatings(origin, files, seconds)
  if (run.errors > 0) throw new Error(`${run.errors} of ${run.requests} upserts were not acknowledged`)
  const cpuPerRequestMs = ((cpuBeside(product) - used) / run.requests) * 1000
  return { perSecond: run.requestsPerSecond, cpuPerRequestMs, p99Ms: run.p99Ms }
}
