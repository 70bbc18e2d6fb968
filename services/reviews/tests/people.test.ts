import { randomUUIDv7 } from 'node:crypto'
import { userErased, userUpdated } from '@marquee/contracts/identity'
import { movieChanged } from '@marquee/contracts/movies'
import { anonymous, countQueries } from '@marquee/kit/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createNaming } from '../src/people-copy.ts'
import { type Club, facts, openClub, showFilms } from './film-club.ts'
import { anyTable, join, type Member, wholeList } from './talk.ts'

let club: Club
let robin: Member
let kim: Member
beforeAll(async () => {
  club = await openClub()
})
afterAll(() => club.stop())
beforeEach(async () => {
  robin = await join(club, 'Robin')
  kim = await join(club, 'Kim')
})
const everybody = () => club.as(anonymous)

test('people follow each other, repeatably, but not themselves', async () => {
  await robin.follow({ handle: kim.handle })
  await robin.follow({ handle: kim.handle })
  expect(await robin.getFollow({ handle: kim.handle })).toEqual({ following: true })
  expect(await kim.getFollow({ handle: robin.handle })).toEqual({ following: false })
  expect((await everybody().listFollowers({ handle: kim.handle })).items).toEqual([
    { userId: robin.userId, handle: robin.handle, name: 'Robin' },
  ])
  expect((await everybody().listFollowing({ handle: robin.handle })).items).toMatchObject([{ name: 'Kim' }])
  expect(await everybody().getProfile({ handle: kim.handle })).toMatchObject({ followers: 1, following: 0 })
  await robin.unfollow({ handle: kim.handle })
  await robin.unfollow({ handle: kim.handle })
  expect(await everybody().getProfile({ handle: kim.handle })).toMatchObject({ followers: 0 })
  expect(await robin.attempt.follow({ handle: robin.handle })).toMatchObject({ status: 422 })
  expect(await robin.attempt.follow({ handle: 'nobody_here' })).toMatchObject({ status: 404 })
})

test('followers are listed newest first, page by page', async () => {
  const fans = [robin, await join(club, 'Ada'), await join(club, 'Ben')]
  for (const fan of fans) await fan.follow({ handle: kim.handle })
  const list = await wholeList((cursor) =>
    everybody().listFollowers({ handle: kim.handle, limit: 1, ...cursor }),
  )
  expect(list.map(({ name }) => name)).toEqual(['Ben', 'Ada', 'Robin'])
  expect(await everybody().attempt.listFollowers({ handle: kim.handle, cursor: 'x' })).toMatchObject({
    status: 422,
  })
})

test('a feed has what those I follow wrote, newest first, and nothing of others', async () => {
  const [one, two] = await showFilms(club, 2)
  expect(await robin.getFeed()).toEqual({ items: [], nextCursor: null })
  await robin.follow({ handle: kim.handle })
  await kim.createReview({ movieId: one ?? '', body: 'First.' })
  await (await join(club)).createReview({ movieId: one ?? '', body: 'By a stranger.' })
  await kim.createReview({ movieId: two ?? '', body: 'Second.' })
  const feed = await wholeList((cursor) => robin.getFeed({ limit: 1, ...cursor }))
  expect(feed.map(({ body }) => body)).toEqual(['Second.', 'First.'])
  expect((await everybody().listPersonReviews({ handle: kim.handle })).items).toHaveLength(2)
})

test('a feed asks for the 500 people somebody followed last, however many they follow', async () => {
  const [movieId = ''] = await showFilms(club, 1)
  const ada = await join(club, 'Ada')
  await ada.createReview({ movieId, body: 'By who was followed before.' })
  await kim.createReview({ movieId, body: 'By who was followed last.' })
  await robin.follow({ handle: ada.handle })
  await club.db.query(
    `insert into follows (follower_id, followee_id, followed_at)
     select $1, gen_random_uuid(), clock() from generate_series(1, 499)`,
    [robin.userId],
  )
  await robin.follow({ handle: kim.handle })
  const written = async () => (await robin.getFeed()).items.map(({ body }) => body)
  expect(await written()).toEqual(['By who was followed last.'])
  await robin.unfollow({ handle: kim.handle })
  expect(await written()).toEqual(['By who was followed before.'])
})

test('what a diary hides is neither listed nor counted for those it hides it from', async () => {
  const [movieId = '', other = ''] = await showFilms(club, 2)
  await kim.createDiaryEntry({ movieId, watchedOn: '2026-01-01', visibility: 'public' })
  await kim.createDiaryEntry({ movieId, watchedOn: '2025-01-01', visibility: 'followers' })
  await kim.createDiaryEntry({ movieId: other, watchedOn: '2024-01-01', visibility: 'private' })
  const days = async (reader: Pick<Member, 'listPersonDiary'>) =>
    (await reader.listPersonDiary({ handle: kim.handle })).items.map(({ watchedOn }) => watchedOn)
  expect(await days(everybody())).toEqual(['2026-01-01'])
  expect(await days(robin)).toEqual(['2026-01-01'])
  await robin.follow({ handle: kim.handle })
  expect(await days(robin)).toEqual(['2026-01-01', '2025-01-01'])
  expect(await days(kim)).toEqual(['2026-01-01', '2025-01-01', '2024-01-01'])
  expect(await everybody().getProfile({ handle: kim.handle })).toMatchObject({
    films: 1,
    years: [{ year: 2026, viewings: 1 }],
  })
})

test('a profile says how a person rates: average, distribution, genres, decades, years', async () => {
  const films = [
    { year: 1927, genres: ['Drama', 'Romance'], stars: 4 },
    { year: 1929, genres: ['Drama'], stars: 3 },
    { year: 2011, genres: ['Comedy'], stars: 0.5 },
  ]
  for (const { year, genres, stars } of films) {
    const movieId = randomUUIDv7()
    await club.deliver(movieChanged, { ...facts(movieId), year, genres })
    await kim.putRating({ movieId, stars })
    await kim.createDiaryEntry({ movieId, watchedOn: '2026-05-05', visibility: 'public' })
  }
  const { joinedAt, ...profile } = await everybody().getProfile({ handle: kim.handle })
  expect(profile).toEqual({
    userId: kim.userId,
    handle: kim.handle,
    name: 'Kim',
    films: 3,
    ratings: 3,
    reviews: 0,
    followers: 0,
    following: 0,
    average: 2.5,
    histogram: [1, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    genres: [
      { name: 'Drama', count: 2, average: 3.5 },
      { name: 'Comedy', count: 1, average: 0.5 },
      { name: 'Romance', count: 1, average: 4 },
    ],
    decades: [
      { decade: 1920, count: 2 },
      { decade: 2010, count: 1 },
    ],
    years: [{ year: 2026, viewings: 3 }],
  })
  expect(Temporal.Instant.from(joinedAt)).toBeInstanceOf(Temporal.Instant)
})

test('the profile of somebody with 3,000 ratings takes three questions, however many there are', async () => {
  await club.db.query(
    `with films as (
       insert into movies (id, version, title, year, genres)
       select gen_random_uuid(), 1, 'Film ' || n, 1920 + n % 100, array['Drama', 'Genre ' || n % 20]
         from generate_series(1, 3000) as n returning id)
     insert into ratings (user_id, movie_id, stars, counted, sequence, rated_at)
     select $1, id, 1 + (random() * 9)::int, 0, nextval('rating_sequence'), clock() from films`,
    [kim.userId],
  )
  await club.db.query('analyze ratings, movies')
  const read = () => everybody().getProfile({ handle: kim.handle })
  expect(await read()).toMatchObject({ ratings: 3000, films: 3000 })
  expect(await countQueries(anyTable, read)).toBe(3)
})

test('a profile follows the handle, and that of an erased person is gone with all that was theirs', async () => {
  const [movieId = ''] = await showFilms(club, 1)
  const before = kim.handle
  const told = { userId: kim.userId, name: 'Kim', handle: `${kim.handle}_k` }
  await club.deliver(userUpdated, told, { key: kim.userId, version: 2 })
  expect(await everybody().attempt.getProfile({ handle: before })).toMatchObject({ status: 404 })
  expect(await everybody().getProfile({ handle: told.handle })).toMatchObject({ userId: kim.userId })

  await robin.follow({ handle: told.handle })
  await kim.follow({ handle: robin.handle })
  await kim.createDiaryEntry({ movieId, stars: 4 })
  await club.deliver(userErased, { userId: kim.userId }, { key: kim.userId, version: 3 })
  const reader = everybody().attempt
  for (const ask of [
    reader.getProfile,
    reader.listPersonReviews,
    reader.listPersonDiary,
    reader.listFollowers,
  ])
    expect(await ask({ handle: told.handle })).toMatchObject({ status: 404 })
  expect(await everybody().getProfile({ handle: robin.handle })).toMatchObject({ followers: 0, following: 0 })
  expect((await everybody().listFollowing({ handle: robin.handle })).items).toEqual([])
  expect((await club.db.query('select 1 from diary where user_id = $1', [kim.userId])).rowCount).toBe(0)
  expect(await robin.attempt.follow({ handle: told.handle })).toMatchObject({ status: 404 })
})

test('whoever hears first of a new name or an erasure drops the page under the old handle', async () => {
  const dropped: string[] = []
  const naming = createNaming((handles) => dropped.push(...handles))
  const { userId, handle } = kim
  const renamed = { userId, version: 2, handle: `${handle}_k`, name: 'Kim', joinedAt: '2026-01-01T00:00:00Z' }
  for (const _ of ['one group', 'the other']) await club.db.transaction((tx) => naming.rename(tx, renamed))
  expect(dropped).toEqual([handle, renamed.handle, renamed.handle, renamed.handle])
  dropped.length = 0
  for (const _ of ['one group', 'the other']) await club.db.transaction((tx) => naming.erase(tx, userId))
  expect(dropped).toEqual([renamed.handle])
})
