import { type RabbitEngine, rabbitAtHand, startRabbit } from '@marquee/kit/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import { buy, type House, made, newcomer, openHouse, until } from '../harness/house.ts'
import { type Marquee, runMarquee, startMarquee, sumOf } from '../harness/marquee.ts'

const isThere = rabbitAtHand() && !process.env.RABBITMQ_URL

describe.skipIf(!isThere)('many processes around a broker', () => {
  let rabbit: RabbitEngine
  let marquee: Marquee
  let nobody: Ask
  let house: House
  let movieId: string
  beforeAll(async () => {
    rabbit = await startRabbit()
    marquee = await startMarquee({
      MARQUEE_LIMITS: 'off',
      MARQUEE_TOPOLOGY: 'split',
      RABBITMQ_URL: rabbit.url,
    })
    nobody = client(marquee.origin)
    const films = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))
    movieId = films.items[0]?.id ?? ''
    house = await openHouse(await newcomer(marquee.origin, 'owner'), { movieId })
  }, 300_000)
  afterAll(async () => {
    await marquee?.remove()
    await rabbit?.remove()
  }, 60_000)

  const mailsTo = async (email: string) =>
    (await made<{ items: unknown[] }>(nobody('GET', `/api/dev/outbox?to=${email}`))).items.length
  const rate = (who: Ask, stars: number) =>
    made<{ stars: number }>(who('PUT', `/api/movies/${movieId}/rating`, { body: { stars } }))
  const mine = async (who: Ask) =>
    (await made<{ stars: number | null }>(who('GET', `/api/movies/${movieId}/rating`))).stars
  const count = async () =>
    (await made<{ count: number }>(nobody('GET', `/api/movies/${movieId}/ratings`))).count
  const taken = (way: string) => sumOf(marquee, 'marquee_reviews_ratings_taken_total', `way="${way}"`)

  it('events and ratings go through it', async () => {
    await buy(nobody, house.showId, { email: 'first@people.example' })
    await until(async () => (await mailsTo('first@people.example')) > 0)
    const alice = await person(marquee.origin, 'alice@marquee.example')
    await rate(alice, 4.5)
    expect(await mine(alice)).toBe(4.5)
    expect(await taken('queue')).toBeGreaterThan(0)
    expect(await taken('straight')).toBe(0)
  })

  it('while it is away people go on buying and rating; mails and everybody’s averages arrive once it is back', async () => {
    const people = await Promise.all(
      Array.from({ length: 5 }, (_, at) => newcomer(marquee.origin, `rater ${at}`)),
    )
    const before = await count()
    await Promise.all(people.slice(0, 2).map((who) => rate(who, 3)))
    await rabbit.kill()
    for (let at = 0; at < 5; at++)
      expect((await buy(nobody, house.showId, { email: 'meanwhile@people.example' })).tickets).toHaveLength(2)
    for (const [at, who] of people.entries()) {
      await rate(who, 1 + at / 2)
      expect(await mine(who)).toBe(1 + at / 2)
    }
    expect(await taken('straight')).toBeGreaterThan(0)
    await until(async () => (await count()) === before + 5, 10)
    expect(await mailsTo('meanwhile@people.example')).toBe(0)

    await rabbit.start()
    await until(async () => (await mailsTo('meanwhile@people.example')) === 5, 60)
    for (const [at, who] of people.entries()) expect(await mine(who)).toBe(1 + at / 2)
    const more = await newcomer(marquee.origin, 'rater again')
    const queued = await taken('queue')
    await until(async () => {
      await rate(more, 5)
      return (await taken('queue')) > queued
    }, 20)
  }, 180_000)

  it('an operator sees that nothing died, by command and over the API', async () => {
    const admin = await person(marquee.origin, 'admin@marquee.example')
    expect(await made(admin('GET', '/api/operations/dead-letters'))).toEqual({ items: [], nextCursor: null })
    expect((await admin('GET', '/api/operations/dead-letters?cursor=nonsense')).status).toBe(422)
    const listed = await runMarquee(['dead-letters', 'list'], {
      MARQUEE_DATA: marquee.data,
      RABBITMQ_URL: rabbit.url,
    })
    expect(listed).toEqual({ code: 0, output: 'there are none\n' })
    await until(async () => /marquee_events_waiting\{/.test(await marquee.metrics()), 30)
  }, 60_000)
})
