import { loadRedis, type RedisClient } from '@marquee/kit/redis'
import { type RedisEngine, redisAtHand, startRedis } from '@marquee/kit/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import {
  type Account,
  buy,
  type House,
  made,
  newcomer,
  openHouse,
  password,
  until,
} from '../harness/house.ts'
import { type Split, startSplit } from '../harness/split.ts'
import type { Part } from '../harness/split-part.ts'

const plenty = { perIdentity: 100_000, perNetwork: 100_000 }

/** Two gateways, two of booking and the rest, with a Redis between them that may die at any time. */
describe.skipIf(!redisAtHand())('many processes with Redis between them', () => {
  let redis: RedisEngine
  let split: Split
  let gateways: string[]
  let house: House
  let owner: Account
  beforeAll(async () => {
    redis = await startRedis()
    split = await startSplit({
      REDIS_URL: redis.url,
      MARQUEE_LIMITS: 'on',
      // Those who wait for something ask often; here the limit of mails is judged.
      GATEWAY_LIMITS: JSON.stringify({ default: plenty, booking: plenty }),
      BOOKING_LIMITS: 'off',
      IDENTITY_LIMITS: 'off',
    })
    gateways = ['gateway-1', 'gateway-2'].map((name) => split.part(name).address)
    owner = await newcomer(at(0), 'owner')
    const films = await made<{ items: { id: string }[] }>(client(at(0))('GET', '/api/movies?limit=1'))
    house = await openHouse(owner, { movieId: films.items[0]?.id ?? '' })
    await until(async () => (await client(at(1))('GET', `/api/shows/${house.showId}/seats`)).status === 200)
  }, 300_000)
  afterAll(async () => {
    await split?.stop()
    await redis?.remove()
  }, 60_000)

  const at = (call: number): string => gateways[call % 2] ?? ''
  const both = (ask: (gateway: Ask) => Promise<boolean>): Promise<boolean> =>
    Promise.all(gateways.map((origin) => ask(client(origin)))).then((each) => each.every(Boolean))

  it('an edited film is shown by both gateways within a second', async () => {
    const admin = await person(at(0), 'admin@marquee.example')
    const { id } = await made(admin('POST', '/api/movies', { body: { title: 'Edition 0' } }))
    for (let edit = 1; edit <= 5; edit++) {
      const shows = (title: string) =>
        both(async (ask) => (await ask('GET', `/films/${id}`)).text.includes(title))
      await until(() => shows(`Edition ${edit - 1}`), 1)
      await made(admin('PATCH', `/api/movies/${id}`, { body: { title: `Edition ${edit}` } }))
      await until(() => shows(`Edition ${edit}`), 1)
    }
  })

  it('a page that one gateway made the other takes from Redis, and once it is out of date neither shows it', async () => {
    const films = await made<{ items: { id: string; title: string }[] }>(
      client(at(0))('GET', '/api/movies?limit=2'),
    )
    const film = films.items[1] ?? { id: '', title: '' }
    const page = `/films/${film.id}`
    const [here, there] = [client(at(0)), client(at(1))]
    const hits = () => secondLevelHits(split.part('gateway-2'))
    const before = await hits()
    const { text } = await here('GET', page)
    expect(text).toContain(film.title)
    await until(async () => (await keysOf(redis)).some((key) => key.includes(`page:${page}`)))
    expect((await there('GET', page)).text).toBe(text)
    expect(await hits()).toBe(before + 1)

    const admin = await person(at(0), 'admin@marquee.example')
    await made(admin('PATCH', `/api/movies/${film.id}`, { body: { title: 'Under another name' } }))
    const acknowledged = performance.now()
    const late: string[] = []
    while (performance.now() < acknowledged + 3000) {
      const asked = performance.now()
      for (const ask of [there, here])
        if (!(await ask('GET', page)).text.includes('Under another name') && asked > acknowledged + 1000)
          late.push(`${Math.round(asked - acknowledged)} ms after it was changed`)
    }
    expect(late).toEqual([])
  })

  it('somebody whose session is refreshed at both gateways at once stays signed in at both', async () => {
    const { email } = await newcomer(at(0), 'ada')
    const { headers } = await client(at(0))('POST', '/api/auth/login', { body: { email, password } })
    const refresh = /marquee_refresh=[^;]+/.exec(headers.getSetCookie().join('\n'))?.[0] ?? ''
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, call) =>
        client(at(call))('GET', '/api/me', { headers: { cookie: refresh } }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    const successors = answers.map(
      (answer) => /marquee_refresh=[^;]+/.exec(answer.headers.getSetCookie().join('\n'))?.[0],
    )
    expect(new Set(successors).size).toBe(1)
    expect(successors[0]).not.toBe(refresh)
  })

  it('a session that ended at one gateway has ended at the other at once', async () => {
    const { email } = await newcomer(at(0), 'bo')
    const here = await person(at(0), email, password)
    const there = client(at(1), { authorization: `Bearer ${here.token}` })
    expect((await there('GET', '/api/me')).status).toBe(200)
    await here('POST', '/api/auth/logout', { body: {} })
    await until(async () => (await there('GET', '/api/me')).status === 401, 0.5)
  })

  it('one limit counts for both gateways', async () => {
    const answers: number[] = []
    for (let call = 0; call < 40; call++) {
      const { status } = await client(at(call))('POST', '/api/auth/password/forgot', {
        body: { email: 'nobody@people.example' },
      })
      answers.push(status)
    }
    expect(answers.filter((status) => status < 300)).toHaveLength(30)
    expect(answers.filter((status) => status === 429)).toHaveLength(10)
  })

  it('Redis emptied and killed while people buy: nobody sees an error, and no seat is sold twice', async () => {
    const seats: string[] = []
    const refused: number[] = []
    let over = false
    const buyer = async (number: number) => {
      const ask = client(at(number))
      while (!over) {
        const bought = await buy(ask, house.showId, { email: `buyer-${number}@people.example` })
        seats.push(...bought.tickets.map(({ seatId }) => seatId))
        for (const path of [
          '/',
          `/api/theaters/${house.id}`,
          `/api/shows/${house.showId}/seats`,
          '/api/movies',
        ]) {
          const { status } = await ask('GET', path)
          if (status >= 500 || status === 429) refused.push(status)
        }
      }
    }
    const buyers = Promise.all(Array.from({ length: 4 }, (_, number) => buyer(number)))
    const sold = (count: number) => until(async () => seats.length >= count, 60)
    await sold(20)
    await flush(redis)
    await sold(40)
    await redis.kill()
    await sold(80)
    await redis.start()
    await sold(100)
    over = true
    await buyers
    expect(refused).toEqual([])
    expect(new Set(seats).size).toBe(seats.length)
    const admin = await person(at(0), 'admin@marquee.example')
    const { id } = await made(admin('POST', '/api/movies', { body: { title: 'After the storm' } }))
    await until(() => both(async (ask) => (await ask('GET', `/films/${id}`)).status === 200), 5)
  }, 180_000)
})

const flush = (redis: RedisEngine) => askRedis(redis, (client) => client.flushall())
const keysOf = (redis: RedisEngine) => askRedis(redis, (client) => client.keys('*'))

async function askRedis<T>({ url }: RedisEngine, work: (client: RedisClient) => Promise<T>): Promise<T> {
  const { connectRedis } = await loadRedis()
  const connection = connectRedis(url)
  await connection.settled(5000)
  const answer = await connection.ask(work)
  await connection.stop()
  if (!answer.there) throw new Error('Redis does not answer')
  return answer.value
}

/** How often a process was given by Redis what another had made, as it tells its metrics. */
async function secondLevelHits(part: Part): Promise<number> {
  const [, port] = /metrics at port (\d+)/.exec(part.output()) ?? []
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const [, hits = 0] =
    /^marquee_cache_second_level_total\{[^}]*outcome="hit"[^}]*\} (\d+)/m.exec(metrics) ?? []
  return Number(hits)
}
