import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import { type Evening, startCrowd } from '../harness/crowd.ts'
import { type House, made, newcomer, openHouse, rows, until } from '../harness/house.ts'
import { type Marquee, runMarquee, startMarquee } from '../harness/marquee.ts'
import { copyProduct, type Installation } from '../harness/next-version.ts'

/** A cluster whose files are replaced under it, part by part, while people browse, buy, rate and watch. */
let product: Installation
let marquee: Marquee
let house: House
let movieId: string
let alice: Ask
beforeAll(async () => {
  product = await copyProduct()
  marquee = await startMarquee({
    MARQUEE_LIMITS: 'off',
    MARQUEE_TOPOLOGY: 'twice',
    // Six processes and what replaces them share few cores here: what is refused for that is not what is judged.
    MARQUEE_SHED_DELAY: '10000',
    MARQUEE_TEST_PROGRAM: product.program,
  })
  const nobody = client(marquee.origin)
  const owner = await newcomer(marquee.origin, 'owner')
  alice = await person(marquee.origin, 'alice@marquee.example')
  const films = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))
  movieId = films.items[0]?.id ?? ''
  house = await openHouse(owner, { movieId, layout: rows(50, 30) })
}, 300_000)
afterAll(async () => {
  await marquee?.remove()
  await product?.remove()
}, 60_000)

/** Where every part runs now: the newest line that each said when it opened. */
function parts(): Map<string, string> {
  const said = marquee.output().matchAll(/^(\S+) +\| Marquee is open .* process (\d+)/gm)
  return new Map([...said].map(([, name = '', pid = '']) => [name, pid]))
}

async function roll(begin: () => Promise<unknown>): Promise<Evening> {
  const before = parts()
  const done = () => marquee.output().match(/^Every part was replaced in \d+ s$/gm)?.length ?? 0
  const rolled = done()
  const crowd = startCrowd({ origin: marquee.origin, showId: house.showId, rater: { ask: alice, movieId } })
  await until(async () => crowd.soFar().bought.length >= 3, 60)
  await begin()
  await until(async () => {
    const [stopped] = marquee.output().match(/^Replacing the parts stopped: .*$/m) ?? []
    if (stopped) throw new Error(`${stopped}\n${marquee.output().slice(-3000)}`)
    return done() > rolled
  }, 280)
  const evening = await crowd.leave()
  const after = parts()
  for (const [name, pid] of before) expect(after.get(name), name).not.toBe(pid)
  return evening
}

async function expectNothingLost({ lost, bought, seen, answered }: Evening): Promise<void> {
  expect(lost).toEqual([])
  expect(answered).toBeGreaterThan(500)
  expect(bought.length).toBeGreaterThan(20)
  const nobody = client(marquee.origin)
  for (const { id, secret, seats } of bought) {
    const order = await nobody('GET', `/api/orders/${id}`, { headers: { 'x-order-secret': secret } })
    expect(order).toMatchObject({ body: { status: 'confirmed' } })
    for (const { seatId } of seats) expect(seen).toContain(seatId)
  }
}

it('every process is replaced while people browse, buy, rate and watch, and nobody notices', async () => {
  const evening = await roll(() => runMarquee(['cluster', 'restart'], { MARQUEE_DATA: marquee.data }))
  await expectNothingLost(evening)
}, 400_000)

it('the next version widens every table and takes over part by part, beside the one before', async () => {
  const widen = `do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = current_schema() and tablename <> 'migrations' loop
      execute format('alter table %I add column next_version text', name);
    end loop; end $$;`
  for (const service of ['booking', 'payments', 'theaters', 'movies', 'reviews', 'identity', 'notifications'])
    await product.addMigration(service, widen)
  const orders = 'services/booking/src/order-store.ts'
  await product.change(orders, 'idempotency_body)\n  select', 'idempotency_body, next_version)\n  select')
  await product.change(orders, 'scope, key, body\n', "scope, key, body, 'next'\n")

  const evening = await roll(async () => process.kill(marquee.pid, 'SIGHUP'))
  await expectNothingLost(evening)
}, 400_000)
