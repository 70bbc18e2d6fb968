import { usualFlags } from '@marquee/kit/flags'
import { anonymous } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Club, openClub, showFilms } from './film-club.ts'
import { join } from './talk.ts'

let areOpen = true
let club: Club
beforeAll(async () => {
  club = await openClub({ flags: { ...usualFlags, isOn: async () => areOpen } })
})
afterAll(() => club.stop())

test('while comments are closed nobody writes one, and what was said stays readable', async () => {
  const [movieId = ''] = await showFilms(club, 1)
  const robin = await join(club, 'Robin')
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Good.' })
  await robin.createComment({ reviewId, body: 'Still good.' })
  areOpen = false
  expect(await robin.attempt.createComment({ reviewId, body: 'And now?' })).toMatchObject({
    status: 403,
    code: 'forbidden',
  })
  const { items } = await club.as(anonymous).listComments({ reviewId })
  expect(items.map(({ body }) => body)).toEqual(['Still good.'])
  areOpen = true
  await robin.createComment({ reviewId, body: 'And now.' })
})
