import { fail } from '@marquee/kit/contract'
import { expect, it } from 'vitest'
import { openDoor } from './open-door.ts'

const reviewId = '018f0000-0000-7000-8000-000000000001'
const texts = {
  createReview: [`/api/movies/${reviewId}/reviews`, { body: 'Good.' }],
  createComment: [`/api/reviews/${reviewId}/comments`, { body: 'Yes.' }],
  reportReview: [`/api/reviews/${reviewId}/reports`, { reason: 'Rude' }],
} as const
type Writing = keyof typeof texts

/** Somebody writes so many times at a gateway with the limits it has unless told. */
async function write(door: Awaited<ReturnType<typeof openDoor>>, who: string, what: Writing, times = 1) {
  const [url, payload] = texts[what]
  const headers = { authorization: `Bearer ${await door.token(who)}` }
  const statuses: number[] = []
  for (let time = 0; time < times; time += 1) {
    // A program that sends the same again and again would be answered from its key.
    const key = { 'idempotency-key': `${who} writes ${what} ${time}` }
    const answer = await door.app.inject({ method: 'POST', url, payload, headers: { ...headers, ...key } })
    statuses.push(answer.statusCode)
  }
  return statuses
}
const openReviews = () => {
  const away = () => fail('not-found')
  return openDoor({
    limits: {},
    reviews: { createReview: away, createComment: away, reportReview: away },
  })
}

it.each(Object.keys(texts) as Writing[])(
  '%s lets a person write thirty times a minute, and others meanwhile',
  async (what) => {
    const door = await openReviews()
    const statuses = await write(door, 'ada', what, 31)
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 404), 429])
    expect(await write(door, 'bob', what)).toEqual([404])
    door.pass({ seconds: 60 })
    expect(await write(door, 'ada', what)).toEqual([404])
  },
)

it('reviews, comments and reports of a person count together, and reading does not', async () => {
  const door = await openReviews()
  for (const what of Object.keys(texts) as Writing[]) await write(door, 'ada', what, 10)
  expect(await write(door, 'ada', 'createComment')).toEqual([429])
  const headers = { authorization: `Bearer ${await door.token('ada')}` }
  const read = await door.app.inject({ url: `/api/reviews/${reviewId}`, headers })
  expect(read.statusCode).not.toBe(429)
})
