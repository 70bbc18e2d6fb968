import { randomUUIDv7 } from 'node:crypto'
import { userErased } from '@marquee/contracts/identity'
import { anonymous, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Club, openClub, showFilms } from './film-club.ts'

let club: Club
let movieId: string
beforeEach(async () => {
  club = await openClub()
  movieId = (await showFilms(club, 1))[0] ?? ''
})
afterEach(() => club.stop())

const me = person()
const past = (stars: number, ratedAt: string, userId = me.userId) => ({ userId, movieId, stars, ratedAt })
const bring = (...ratings: ReturnType<typeof past>[]) => club.asService().importRatings({ ratings })
const mine = async () => (await club.as(me).getRating({ movieId })).stars

test('ratings of the past are recorded once, however often they are brought', async () => {
  const many = [past(4, '2001-05-01T10:00:00Z'), past(2, '2001-05-01T10:00:00Z', randomUUIDv7())]
  expect(await bring(...many)).toEqual({ recorded: 2, unchanged: 0, unknownMovies: [] })
  expect(await bring(...many)).toEqual({ recorded: 0, unchanged: 2, unknownMovies: [] })
  await club.runJob('settle-ratings')
  expect(await club.as(anonymous).ratingFigures({ movieId })).toMatchObject({ average: 3, count: 2 })
})

test('an older rating never replaces a newer one, whichever came first', async () => {
  await bring(past(4, '2010-01-01T00:00:00Z'))
  expect(await bring(past(1, '2009-12-31T23:59:59Z'))).toMatchObject({ recorded: 0, unchanged: 1 })
  expect(await mine()).toBe(4)
  await bring(past(5, '2011-01-01T01:00:00+01:00'), past(3, '2010-12-31T23:59:59Z'))
  expect(await mine()).toBe(5)
  await club.as(me).putRating({ movieId, stars: 2 })
  await bring(past(4.5, '2020-01-01T00:00:00Z'))
  expect(await mine()).toBe(2)
})

test('what I took back stays so, whatever an old file says', async () => {
  await bring(past(4, '2010-01-01T00:00:00Z'))
  await club.as(me).deleteRating({ movieId })
  await bring(past(4, '2012-01-01T00:00:00Z'))
  expect(await mine()).toBeNull()
})

test('a file from the future cannot outlast what I say now', async () => {
  await bring(past(1, '2199-01-01T00:00:00Z'))
  await club.as(me).putRating({ movieId, stars: 5 })
  await bring(past(2, '2150-01-01T00:00:00Z'))
  await club.as(me).putRating({ movieId, stars: 4 })
  expect(await mine()).toBe(4)
})

test('films nobody knows are named, and the rest goes in', async () => {
  const nowhere = randomUUIDv7()
  const outcome = await bring(past(4, '2010-01-01T00:00:00Z'), {
    ...past(3, '2010-01-01T00:00:00Z'),
    movieId: nowhere,
  })
  expect(outcome).toEqual({ recorded: 1, unchanged: 0, unknownMovies: [nowhere] })
})

test('an erased person’s old ratings do not come back', async () => {
  await bring(past(4, '2010-01-01T00:00:00Z'))
  await club.deliver(userErased, { userId: me.userId })
  await bring(past(4, '2011-01-01T00:00:00Z'))
  await club.runJob('settle-ratings')
  expect(await club.as(anonymous).ratingFigures({ movieId })).toMatchObject({ average: null, count: 0 })
})
