import { bookingContract } from '@marquee/contracts/booking'
import { notificationsContract } from '@marquee/contracts/notifications'
import { reviewsContract } from '@marquee/contracts/reviews'
import { watchlistContract } from '@marquee/contracts/watchlist'
import type { CallRequest } from '@marquee/kit/contract'
import { neighbour } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage } from './stage.ts'

const notice = (id: number) => ({
  id: `019a0000-0000-7000-8000-${String(id).padStart(12, '0')}`,
  kind: 'review-commented',
  title: 'Somebody answered',
  body: 'They liked it too.',
  link: null,
  createdAt: '2026-11-21T18:00:00Z',
  readAt: null,
})
const notices = Array.from({ length: 250 }, (_, at) => notice(at))
const askedFor = new Set<string | undefined>()
const ask = ({ caller }: CallRequest) => void askedFor.add(caller.userId)

let stage: Stage
beforeAll(async () => {
  stage = await openStage({
    neighbours: [
      neighbour(bookingContract, {}),
      neighbour(notificationsContract, {
        listNotifications: (({ cursor, limit }: { cursor?: string; limit: number }, request: CallRequest) => {
          ask(request)
          const from = Number(cursor ?? 0)
          const next = from + limit
          return {
            items: notices.slice(from, next),
            nextCursor: next < notices.length ? String(next) : null,
            unread: 0,
          }
        }) as never,
        getNotificationPreferences: () => ({ email: true, inApp: false }),
      }),
      neighbour(reviewsContract, {
        exportCommunity: (() => {
          return JSON.stringify({ format: 'marquee-community', rows: [], comments: ['Well said'] })
        }) as never,
        listFollowing: () => ({ items: [], nextCursor: null }),
      }),
      neighbour(watchlistContract, {
        listWatchlist: () => ({ items: [], nextCursor: null }),
        getHome: () => ({ home: null }),
      }),
    ],
  })
})
afterAll(() => stage?.stop())

it('gives everything kept about me, all pages of it, asked for in my own name', async () => {
  const { email, me } = await stage.newPerson()
  askedFor.clear()
  const file = await stage.as(me).exportMe()
  expect(file).toMatchObject({
    user: { email },
    notifications: notices,
    noticePreferences: { email: true, inApp: false },
    community: { format: 'marquee-community', comments: ['Well said'] },
    following: [],
    watchlist: [],
    home: null,
  })
  expect(file.sessions).toHaveLength(1)
  expect([...askedFor]).toEqual([me.userId])
})
it('says which part is missing and why when a service does not answer', async () => {
  const { me } = await stage.newPerson()
  const file = await stage.as(me).exportMe()
  expect(file.orders).toBeNull()
  expect(file.missing).toEqual([{ part: 'orders', reason: 'unavailable' }])
})
