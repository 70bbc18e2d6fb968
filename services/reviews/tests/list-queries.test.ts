import { countQueries } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Club, openClub, showFilms } from './film-club.ts'
import { anyTable, join, type Member } from './talk.ts'

const many = 20
let club: Club
let robin: Member
beforeAll(async () => {
  club = await openClub()
  robin = await join(club)
  for (const movieId of await showFilms(club, many)) {
    const friend = await join(club)
    await robin.follow({ handle: friend.handle })
    await friend.follow({ handle: robin.handle })
    await friend.createReview({ movieId, body: 'Good.' })
    const { id: diaryId } = await robin.createDiaryEntry({ movieId, stars: 4, tags: ['35 mm'] })
    await robin.createReview({ movieId, body: 'Seen.', diaryId })
  }
})
afterAll(() => club.stop())

type Page = { items: unknown[] }
test.each<[string, (limit: number) => Promise<Page>]>([
  ['my diary', (limit) => robin.listDiary({ limit })],
  ['somebody’s diary', (limit) => robin.listPersonDiary({ handle: robin.handle, limit })],
  ['the feed', (limit) => robin.getFeed({ limit })],
  ['somebody’s reviews', (limit) => robin.listPersonReviews({ handle: robin.handle, limit })],
  ['followers', (limit) => robin.listFollowers({ handle: robin.handle, limit })],
  ['those who are followed', (limit) => robin.listFollowing({ handle: robin.handle, limit })],
])('%s costs as many queries for twenty as for two', async (_name, ask) => {
  const queriesFor = async (count: number) => {
    let found = 0
    const queries = await countQueries(anyTable, async () => {
      found = (await ask(count)).items.length
    })
    expect(found).toBe(count)
    return queries
  }
  const two = await queriesFor(2)
  expect(two).toBeGreaterThan(0)
  expect(await queriesFor(many)).toBe(two)
})
