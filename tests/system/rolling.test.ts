import { etcdAtHand, rabbitAtHand, redisAtHand } from '@marquee/kit/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Engines, openEngines } from '../harness/engines.ts'
import { until } from '../harness/house.ts'
import { runMarquee } from '../harness/marquee.ts'
import { openRollingHouse, type Rolled, type RollingHouse } from '../harness/rolling-house.ts'

async function expectNothingLost(
  { nobody, marquee }: RollingHouse,
  { before, after, evening: { lost, bought, seen, answered } }: Rolled,
): Promise<void> {
  for (const [name, pid] of before) expect(after.get(name), name).not.toBe(pid)
  expect(lost, lost.length > 0 ? marquee.output().slice(-4000) : undefined).toEqual([])
  expect(answered).toBeGreaterThan(500)
  expect(bought.length).toBeGreaterThan(20)
  for (const { id, secret, seats } of bought) {
    const order = await nobody('GET', `/api/orders/${id}`, { headers: { 'x-order-secret': secret } })
    expect(order).toMatchObject({ body: { status: 'confirmed' } })
    for (const { seatId } of seats) expect(seen).toContain(seatId)
  }
}

describe('a cluster on PostgreSQL alone', () => {
  let house: RollingHouse
  beforeAll(async () => {
    house = await openRollingHouse()
  }, 300_000)
  afterAll(() => house?.remove(), 60_000)

  it('every process is replaced while people browse, buy, rate and watch, and nobody notices', async () => {
    const rolled = await house.roll(() => restart(house))
    await expectNothingLost(house, rolled)
  }, 400_000)

  it('the next version widens every table and takes over part by part, beside the one before', async () => {
    const { product, marquee } = house
    const widen = `do $$ declare name text; begin
      for name in select tablename from pg_tables where schemaname = current_schema() and tablename <> 'migrations' loop
        execute format('alter table %I add column next_version text', name);
      end loop; end $$;`
    for (const service of [
      'booking',
      'payments',
      'theaters',
      'movies',
      'reviews',
      'identity',
      'notifications',
    ])
      await product.addMigration(service, widen)
    const orders = 'services/booking/src/order-store.ts'
    await product.change(orders, 'idempotency_body)\n  select', 'idempotency_body, next_version)\n  select')
    await product.change(orders, 'scope, key, body\n', "scope, key, body, 'next'\n")

    const rolled = await house.roll(async () => process.kill(marquee.pid, 'SIGHUP'))
    await expectNothingLost(house, rolled)
  }, 400_000)
})

const engines = ['redis', 'rabbit', 'etcd'] as const
const atHand = redisAtHand() && rabbitAtHand() && etcdAtHand()

describe.skipIf(!atHand)('a cluster on Redis, RabbitMQ and etcd', () => {
  let beside: Engines
  let house: RollingHouse
  beforeAll(async () => {
    beside = await openEngines(engines)
    house = await openRollingHouse(beside.env)
  }, 300_000)
  afterAll(async () => {
    await house?.remove()
    await beside?.remove()
  }, 60_000)

  it('every process is replaced while the keys rotate by which they vouch to each other, and nobody notices', async () => {
    const keys = (what: string) => runMarquee(['keys', what], { MARQUEE_DATA: house.marquee.data })
    const [, fresh] = /^(\S+) is added/.exec((await keys('rotate')).output) ?? []
    const rolled = await house.roll(() => restart(house))
    await until(async () => new RegExp(`^${fresh} .* signs$`, 'm').test((await keys('list')).output), 20)
    await expectNothingLost(house, rolled)
  }, 400_000)
})

const restart = ({ marquee }: RollingHouse) =>
  runMarquee(['cluster', 'restart'], { MARQUEE_DATA: marquee.data })
