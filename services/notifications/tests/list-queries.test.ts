import { randomUUIDv7 } from 'node:crypto'
import { reviewCommented } from '@marquee/contracts/reviews'
import { watchlistShowNearby } from '@marquee/contracts/watchlist'
import { type Booted, bootService, countQueries, person } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { notifications } from '../src/index.ts'

const many = 20
const me = person()
let booted: Booted<typeof notifications.contract.endpoints>
beforeAll(async () => {
  booted = await bootService(notifications)
  const about = { userId: me.userId, movieId: randomUUIDv7(), movieTitle: 'Sunrise' }
  for (let count = 0; count < many / 2; count += 1) {
    await booted.deliver(watchlistShowNearby, {
      ...about,
      showId: randomUUIDv7(),
      theaterName: 'Lichthof',
      localStart: '2026-12-01T19:30',
      near: true,
    })
    await booted.deliver(reviewCommented, {
      ...about,
      commentId: randomUUIDv7(),
      reviewId: randomUUIDv7(),
      commenterName: 'Robin',
    })
  }
})
afterAll(() => booted?.stop())

test('my notices cost two queries, for twenty as for two, and one more page no more', async () => {
  const queriesFor = async (limit: number, cursor?: string) => {
    let next: string | null = null
    const queries = await countQueries(/\bfrom (notifications|preferences|mails)\b/, async () => {
      const page = await booted.as(me).listNotifications({ limit, cursor })
      expect(page.items).toHaveLength(limit)
      next = page.nextCursor
    })
    return { queries, next: next ?? '' }
  }
  const two = await queriesFor(2)
  expect(two.queries).toBe(2)
  expect((await queriesFor(many)).queries).toBe(2)
  expect((await queriesFor(many - 2, two.next)).queries).toBe(2)
})

test('marking everything as read is one query, however much there is', async () => {
  expect(await countQueries(/\bnotifications\b/, () => booted.as(me).readAllNotifications())).toBe(1)
})
