import { randomUUIDv7 } from 'node:crypto'
import { findEmbedded, openDatabase } from '@marquee/kit/sql'
import { type RabbitEngine, rabbitAtHand, startRabbit } from '@marquee/kit/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import { buy, type House, made, newcomer, openHouse, until } from '../harness/house.ts'
import { type Marquee, runMarquee, startMarquee, sumOf } from '../harness/marquee.ts'

describe.skipIf(!rabbitAtHand())('many processes around a broker', () => {
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
    const waitsInOutbox = async () =>
      Number(/^marquee_outbox_waiting\{service="booking"\} (\d+)$/m.exec(await marquee.metrics())?.[1])
    await until(async () => (await waitsInOutbox()) > 0, 30)

    await rabbit.start()
    await until(async () => (await mailsTo('meanwhile@people.example')) === 5, 60)
    await until(async () => (await waitsInOutbox()) === 0, 30)
    for (const [at, who] of people.entries()) expect(await mine(who)).toBe(1 + at / 2)
    const more = await newcomer(marquee.origin, 'rater again')
    const queued = await taken('queue')
    await until(async () => {
      await rate(more, 5)
      return (await taken('queue')) > queued
    }, 20)
  }, 180_000)

  it('an operator finds what could not be handled, gives one to its group again and drops another', async () => {
    const admin = await person(marquee.origin, 'admin@marquee.example')
    const lettersOf = (path = '') => admin('GET', `/api/operations/dead-letters${path}`)
    expect(await made(lettersOf())).toEqual({ items: [], nextCursor: null })
    expect((await lettersOf('?cursor=nonsense')).status).toBe(422)
    const command = (...args: string[]) =>
      runMarquee(['dead-letters', ...args], { MARQUEE_DATA: marquee.data, RABBITMQ_URL: rabbit.url })
    expect(await command('list')).toEqual({ code: 0, output: 'there are none\n' })

    const who = await newcomer(marquee.origin, 'rater of a dead letter')
    const [kept, dropped] = [randomUUIDv7(), randomUUIDv7()]
    for (const id of [kept, dropped]) await bury(id, who.id)
    expect((await command('list', '--group', 'reviews.intake')).output).toMatch(
      new RegExp(`reviews.intake  ${kept}  ratings.given.v1  tried 130 times: the table was closed`),
    )
    expect(JSON.parse((await command('show', 'reviews.intake', kept)).output).event.payload).toMatchObject({
      ratings: [{ userId: who.id, half: 8 }],
    })
    expect((await command('drop', 'reviews.intake', dropped)).code).toBe(0)
    expect(await command('drop', 'reviews.intake', dropped)).toMatchObject({ code: 1 })
    expect(await made(lettersOf(`/reviews.intake/${kept}`))).toMatchObject({ attempts: 130 })
    expect(await mine(who)).toBe(null)
    expect((await command('replay', 'reviews.intake', kept)).output).toContain('1 given')
    await until(async () => (await mine(who)) === 4)
    expect(await made(lettersOf())).toEqual({ items: [], nextCursor: null })
    await until(async () => /marquee_events_waiting\{/.test(await marquee.metrics()), 30)
  }, 120_000)

  /** A rating that nobody could write down, as the bus keeps it. */
  async function bury(id: string, userId: string): Promise<void> {
    const ratedAt = Temporal.Now.instant().toString()
    const event = {
      id,
      name: 'ratings.given.v1',
      key: 'ratings',
      version: 0,
      position: 0,
      occurredAt: ratedAt,
      correlationId: id,
      payload: { sequence: 1, ratedAt, ratings: [{ userId, movieId, half: 8 }] },
    }
    const db = openDatabase({ url: findEmbedded(marquee.data) ?? '', poolSize: 1 })
    await db.query(
      `insert into bus.set_aside (group_name, event_id, event, tries, reason)
       values ('reviews.intake', $1, $2, 130, 'the table was closed')`,
      [id, event],
    )
    await db.close()
  }
})
