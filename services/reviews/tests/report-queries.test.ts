import { admin, countQueries } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Club, openClub, showFilms } from './film-club.ts'
import { anyTable, join } from './talk.ts'

const many = 20
let club: Club
beforeAll(async () => {
  club = await openClub()
  const [robin, kim, ada, lou] = [await join(club), await join(club), await join(club), await join(club)]
  for (const [at, movieId] of (await showFilms(club, many)).entries()) {
    const { id: reviewId } = await robin.createReview({ movieId, body: 'Rude.' })
    const { id: commentId } = await kim.createComment({ reviewId, body: 'Ruder.' })
    const about = at % 2 ? { reviewId, commentId } : { reviewId }
    await ada.reportReview({ ...about, reason: 'Rude' })
    // The first two, a review and a comment, are the most reported.
    if (at < 2) await lou.reportReview({ ...about, reason: 'Really rude' })
  }
})
afterAll(() => club?.stop())

test('reports cost moderators as many queries for twenty as for two, open or decided', async () => {
  const moderator = club.as(admin())
  const queriesFor = async (limit: number, status: 'open' | 'hidden') => {
    let found = 0
    const queries = await countQueries(anyTable, async () => {
      found = (await moderator.listReports({ limit, status })).items.length
    })
    expect(found).toBe(limit)
    return queries
  }
  const two = await queriesFor(2, 'open')
  expect(two).toBeGreaterThan(0)
  expect(await queriesFor(many, 'open')).toBe(two)
  for (const { id: reportId } of (await moderator.listReports({ limit: many })).items)
    await moderator.decideReport({ reportId, decision: 'hide' })
  const decided = await queriesFor(2, 'hidden')
  expect(await queriesFor(many, 'hidden')).toBe(decided)
})
