import { type RabbitEngine, rabbitAtHand, startRabbit } from '@marquee/kit/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../harness/client.ts'
import { type Account, made, newcomer, until } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { figuresOf, type History, judge, untouched } from './ratings-history.ts'

const kills = Number(process.env.FAULT_ROUNDS ?? 4)
const filmCount = 6
const peopleCount = 8
// Each line of work owns its pairs of person and film, so that their order is known.
const lines = 24

type Pair = { who: Account; movieId: string; history: History }
const ways = [
  { way: 'straight into the table', broker: false },
  ...(rabbitAtHand() ? [{ way: 'through RabbitMQ', broker: true }] : []),
]
describe.each(ways)('ratings that go $way', ({ broker }) => {
  let marquee: Marquee
  let pairs: Pair[]
  let films: string[]

  let rabbit: RabbitEngine | undefined
  beforeAll(async () => {
    rabbit = broker ? await startRabbit() : undefined
    marquee = await startMarquee({ MARQUEE_LIMITS: 'off', ...(rabbit ? { RABBITMQ_URL: rabbit.url } : {}) })
    const admin = await person(marquee.origin, 'admin@marquee.example')
    films = []
    for (let at = 0; at < filmCount; at += 1)
      films.push((await made(admin('POST', '/api/movies', { body: { title: `Film for faults ${at}` } }))).id)
    const people: Account[] = []
    for (let at = 0; at < peopleCount; at += 1) people.push(await newcomer(marquee.origin, `rater ${at}`))
    pairs = people.flatMap((who) => films.map((movieId) => ({ who, movieId, history: untouched() })))
  }, 120_000)
  afterAll(async () => {
    await marquee?.remove()
    await rabbit?.remove()
  })

  const randomStars = () => {
    const half = Math.floor(Math.random() * 11)
    return half === 0 ? null : half / 2
  }

  /** Rates until the server is gone; says how many were acknowledged. */
  async function rateUntilGone(mine: readonly Pair[]): Promise<number> {
    for (let acknowledged = 0; ; acknowledged += 1) {
      const pair = mine[Math.floor(Math.random() * mine.length)]
      if (!pair) return acknowledged
      const stars = randomStars()
      pair.history.unanswered = stars
      const path = `/api/movies/${pair.movieId}/rating`
      try {
        const answer = await (stars === null
          ? pair.who('DELETE', path)
          : pair.who('PUT', path, { body: { stars } }))
        if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`)
      } catch (error) {
        // The connection broke, as it must; an answer that says no is another matter.
        if (error instanceof TypeError) return acknowledged
        throw error
      }
      pair.history = { acknowledged: stars, unanswered: undefined }
    }
  }

  async function readBack(pair: Pair): Promise<number | null> {
    const { stars } = await made<{ stars: number | null }>(
      pair.who('GET', `/api/movies/${pair.movieId}/rating`),
    )
    return stars
  }

  test.each(Array.from({ length: kills }, (_, at) => at + 1))(
    'kill %i in a burst loses no acknowledged rating, and figures are what the ratings add up to',
    async (turn) => {
      const moment = 200 + Math.random() * 1500
      const work = Array.from({ length: lines }, (_, line) =>
        rateUntilGone(pairs.filter((_pair, at) => at % lines === line)),
      )
      // Every other time the broker goes first, and ratings go the straight way until the server is gone too.
      const killed = (turn % 2 === 0 ? (rabbit?.kill() ?? Promise.resolve()) : Promise.resolve())
        .then(() => new Promise((resolve) => setTimeout(resolve, moment)))
        .then(() => marquee.kill())
      const acknowledged = (await Promise.all(work)).reduce((sum, one) => sum + one, 0)
      await killed
      expect(acknowledged).toBeGreaterThan(0)
      if (rabbit && turn % 2 === 0) await rabbit.start()
      marquee = await marquee.restart()

      const wrong: string[] = []
      for (const pair of pairs) {
        const stands = await readBack(pair)
        const verdict = judge(pair.history, stands)
        if (verdict) wrong.push(`${pair.who.email} ${pair.movieId}: ${verdict}`)
        pair.history = { acknowledged: stands, unanswered: undefined }
      }
      expect(wrong).toEqual([])

      for (const movieId of films) {
        const ours = pairs.filter((pair) => pair.movieId === movieId)
        const expected = figuresOf(ours.map(({ history }) => history.acknowledged))
        const anybody = ours[0]?.who
        if (!anybody) throw new Error('nobody rates this film')
        const figures = () => made<typeof expected>(anybody('GET', `/api/movies/${movieId}/ratings`))
        await until(async () => JSON.stringify(round(await figures())) === JSON.stringify(round(expected)))
      }
    },
    120_000,
  )
})

/** Sums in another order differ in the last digit. */
const round = ({ average, ...rest }: ReturnType<typeof figuresOf>) => ({
  ...rest,
  average: average === null ? null : average.toFixed(9),
})

test('the judge sees a lost rating, one applied out of order and one taken back that returns', () => {
  const clear = { unanswered: undefined }
  expect(judge({ acknowledged: 4, ...clear }, null)).toBeDefined()
  expect(judge({ acknowledged: 4, ...clear }, 3.5)).toBeDefined()
  expect(judge({ acknowledged: null, ...clear }, 3.5)).toBeDefined()
  expect(judge({ acknowledged: 4, unanswered: 2 }, 3)).toBeDefined()
  expect(judge({ acknowledged: 4, unanswered: 2 }, 2)).toBeUndefined()
  expect(judge({ acknowledged: 4, unanswered: null }, null)).toBeUndefined()
})
