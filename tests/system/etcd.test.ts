import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEtcd, type Etcd } from '@marquee/kit/etcd'
import { type EtcdEngine, etcdAtHand, startEtcd } from '@marquee/kit/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, client } from '../harness/client.ts'
import { buy, type House, made, newcomer, openHouse, until } from '../harness/house.ts'
import { type Split, startSplit } from '../harness/split.ts'

const email = 'guest@people.example'
const plenty = { perIdentity: 100_000, perNetwork: 100_000 }

/** Two of what sells, found through etcd, with settings from there too. */
describe.skipIf(!etcdAtHand())('an installation that lives by etcd', () => {
  let engine: EtcdEngine
  let etcd: Etcd
  let split: Split
  let nobody: Ask
  let house: House
  beforeAll(async () => {
    engine = await startEtcd()
    etcd = createEtcd({ urls: [engine.url] })
    split = await startSplit({
      MARQUEE_LIMITS: 'on',
      // Those who wait for something ask often; here a limit is set while everything runs.
      GATEWAY_LIMITS: JSON.stringify({ default: plenty, booking: plenty }),
      MARQUEE_DISCOVERY: 'etcd',
      MARQUEE_WATCH: 'etcd',
      ETCD_URL: engine.url,
      MARQUEE_ADDRESSES: '',
    })
    nobody = client(split.origin)
    const films = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))
    house = await openHouse(await newcomer(split.origin, 'owner'), { movieId: films.items[0]?.id ?? '' })
  }, 300_000)
  afterAll(async () => {
    await split?.stop()
    await engine?.remove()
  }, 60_000)

  const announced = async (service: string) =>
    (await etcd.list(`marquee/instances/${service}/`)).map(({ key }) => key)
  const instancesOf = async (service: string) => (await announced(service)).length
  const set = (path: string, value: string) => etcd.put(`marquee/config/${path}`, value)
  const unset = (path: string) => etcd.remove(`marquee/config/${path}`)
  const gateways = () => ['gateway-1', 'gateway-2'].map((name) => client(split.part(name).address))
  /** Every gateway answers so, within the two seconds that a change may take. */
  const everywhere = async (status: number) => {
    const began = performance.now()
    for (const gateway of gateways())
      await until(async () => (await gateway('GET', '/api/movies?limit=1')).status === status, 2)
    expect(performance.now() - began).toBeLessThan(2000)
  }

  it('instances are found by their announcements: who only works is not among them', async () => {
    expect(await instancesOf('booking')).toBe(2)
    expect(await instancesOf('identity')).toBe(1)
    expect((await buy(nobody, house.showId, { email })).tickets).toHaveLength(2)
  })

  it('a limit that is changed is in force at both gateways within two seconds, and a bad one at neither', async () => {
    await everywhere(200)
    await set('gateway/limits/default/perNetwork', '1')
    await everywhere(429)
    await set('gateway/limits/default/perNetwork', 'many')
    await until(async () =>
      ['gateway-1', 'gateway-2'].every((name) =>
        split.part(name).output().includes('gateway.limits.default.perNetwork in etcd must be a number'),
      ),
    )
    await everywhere(429)
    await unset('gateway/limits/default/perNetwork')
    await everywhere(200)
  })

  it('a deadline that is changed is the deadline of every gateway within two seconds', async () => {
    const unknownFilm = async (gateway: Ask) =>
      (await gateway('GET', `/api/movies/${crypto.randomUUID()}`)).status
    const { door } = split.part('house')
    door?.delay(400)
    for (const gateway of gateways()) expect(await unknownFilm(gateway)).toBe(404)
    await set('calls/deadlines/movies.getMovie', '100')
    for (const gateway of gateways()) await until(async () => (await unknownFilm(gateway)) === 504, 2)
    await unset('calls/deadlines/movies.getMovie')
    for (const gateway of gateways()) await until(async () => (await unknownFilm(gateway)) === 404, 5)
    door?.delay(0)
  }, 60_000)

  it('a service that is said to be elsewhere is asked there within two seconds, and where it was when that is taken back', async () => {
    let asked = 0
    const elsewhere = createServer((_request, response) => {
      asked += 1
      response.writeHead(503).end()
    })
    elsewhere.listen(0, '127.0.0.1')
    await once(elsewhere, 'listening')
    const { port } = elsewhere.address() as AddressInfo
    await set('routes/movies', `[http://127.0.0.1:${port}]`)
    for (const gateway of gateways()) {
      asked = 0
      await until(async () => {
        await gateway('GET', `/api/movies/${crypto.randomUUID()}`)
        return asked > 0
      }, 2)
    }
    await unset('routes/movies')
    for (const gateway of gateways())
      await until(async () => (await gateway('GET', `/api/movies/${crypto.randomUUID()}`)).status === 404, 5)
    elsewhere.closeAllConnections()
    elsewhere.close()
  }, 60_000)

  it('a feature is switched off for guests and on again while everything runs', async () => {
    const hold = async () => {
      const [row, seat] = ['bestAvailable', { tickets: [{ ticketType: 'adult', count: 1 }] }]
      const { status } = await nobody('POST', '/api/orders', {
        headers: { 'idempotency-key': crypto.randomUUID() },
        body: { showId: house.showId, email, [row]: seat },
      })
      return status
    }
    await set('flags/guest-checkout', 'on: false')
    await until(async () => (await hold()) === 401, 2)
    // Whichever of the two is asked.
    await until(
      async () => (await Promise.all([hold(), hold(), hold(), hold()])).every((one) => one === 401),
      2,
    )
    await unset('flags/guest-checkout')
    await until(async () => (await hold()) === 201, 2)
  })

  it('an instance that is killed is gone within seconds, and no buyer notices; started again it is found', async () => {
    await split.part('booking-1').end('SIGKILL')
    const began = performance.now()
    for (let at = 0; at < 5; at++)
      expect((await buy(nobody, house.showId, { email })).tickets).toHaveLength(2)
    await until(async () => (await instancesOf('booking')) === 1, 10)
    expect(performance.now() - began).toBeLessThan(10_000)
    await split.part('booking-1').start()
    expect(await instancesOf('booking')).toBe(2)
  }, 60_000)

  it('an instance that is stopped says goodbye before its door closes', async () => {
    await split.part('booking-2').end('SIGTERM')
    expect(await instancesOf('booking')).toBe(1)
    await split.part('booking-2').start()
    await until(async () => (await instancesOf('booking')) === 2, 10)
  }, 60_000)

  it('etcd dies: selling goes on, and whoever starts meanwhile starts with what was good last', async () => {
    await set('booking/holdMinutes', '11')
    const held = async () => {
      const order = await buy(nobody, house.showId, { email, pay: false, count: 1 })
      const { holdExpiresAt } = order as unknown as { holdExpiresAt: string }
      return Math.round((Date.parse(holdExpiresAt) - Date.now()) / 60_000)
    }
    await until(async () => (await held()) === 11, 2)
    const before = new Set(await announced('booking'))
    await engine.kill()
    await split.part('booking-1').end('SIGKILL')
    await split.part('booking-1').start()
    await split.part('booking-2').end('SIGKILL')
    for (let at = 0; at < 5; at++)
      expect((await buy(nobody, house.showId, { email })).tickets).toHaveLength(2)
    expect(await held()).toBe(11)
    await split.part('booking-2').start()
    await engine.start()
    await until(async () => {
      const now = await announced('booking')
      return now.length === 2 && now.every((instance) => !before.has(instance))
    }, 15)
    await set('booking/holdMinutes', '12')
    await until(async () => (await held()) === 12, 4)
  }, 120_000)
})
