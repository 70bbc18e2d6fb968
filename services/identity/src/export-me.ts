import type { bookingContract } from '@marquee/contracts/booking'
import type { notificationsContract } from '@marquee/contracts/notifications'
import type { reviewsContract } from '@marquee/contracts/reviews'
import type { watchlistContract } from '@marquee/contracts/watchlist'
import type { Caller, Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import { confirmedFactors } from './factor-store.ts'
import type { Me } from './me.ts'
import { openSessionsOf } from './session-store.ts'

export type Neighbours = {
  booking: Client<(typeof bookingContract)['endpoints']>
  notifications: Client<(typeof notificationsContract)['endpoints']>
  reviews: Client<(typeof reviewsContract)['endpoints']>
  watchlist: Client<(typeof watchlistContract)['endpoints']>
}
type Part<Value> = { value: Value } | { missing: string }
type Page = { items: readonly unknown[]; nextCursor: string | null }

/** Everything kept about a person, here and by the neighbours, who are asked in the person's own name. */
export function createExportMe({ db, me, neighbours }: { db: Database; me: Me; neighbours: Neighbours }) {
  return async (caller: Caller, userId: string) => {
    const mine = await me.read(userId)
    if (!mine) return undefined
    const { theaters, ...user } = mine
    const [sessions, factors, parts] = await Promise.all([
      openSessionsOf(db, userId),
      confirmedFactors(db, userId),
      partsOf(neighbours, caller, user.handle),
    ])
    const missing = Object.entries(parts).flatMap(([part, got]) =>
      'missing' in got ? [{ part, reason: got.missing }] : [],
    )
    const kept = <Value>(part: Part<Value>) => ('missing' in part ? null : part.value)
    return {
      user,
      theaters,
      sessions,
      factors,
      orders: kept(parts.orders),
      notifications: kept(parts.notifications),
      noticePreferences: kept(parts.noticePreferences),
      community: kept(parts.community),
      following: kept(parts.following),
      watchlist: kept(parts.watchlist),
      home: kept(parts.home),
      missing,
    }
  }
}

async function partsOf(neighbours: Neighbours, caller: Caller, handle: string) {
  const booking = neighbours.booking.as(caller).attempt
  const notifications = neighbours.notifications.as(caller).attempt
  const reviews = neighbours.reviews.as(caller).attempt
  const watchlist = neighbours.watchlist.as(caller).attempt
  const [orders, notices, noticePreferences, community, following, films, home] = await Promise.all([
    everyPage((page) => booking.listOrders(page)),
    everyPage((page) => notifications.listNotifications(page)),
    one(notifications.getNotificationPreferences()),
    one(reviews.exportCommunity(), fileOf),
    everyPage((page) => reviews.listFollowing({ handle, ...page })),
    everyPage((page) => watchlist.listWatchlist(page)),
    one(watchlist.getHome(), (answer) => answer.home),
  ])
  return { orders, notifications: notices, noticePreferences, community, following, watchlist: films, home }
}

async function everyPage(
  ask: (page: { limit: number; cursor?: string }) => Promise<Asked<Page>>,
): Promise<Part<unknown[]>> {
  const items: unknown[] = []
  let cursor: string | null = null
  do {
    const got: Asked<Page> = await ask({ limit: 100, ...(cursor ? { cursor } : {}) })
    if (!got.ok) return { missing: got.code }
    items.push(...got.value.items)
    cursor = got.value.nextCursor
  } while (cursor !== null)
  return { value: items }
}

type Asked<Value> = { ok: true; value: Value } | { ok: false; code: string }

async function one<Value>(
  asked: Promise<Asked<Value>>,
  worded: (value: Value) => unknown = (value) => value,
): Promise<Part<unknown>> {
  const got = await asked
  return got.ok ? { value: worded(got.value) } : { missing: got.code }
}

// Over HTTP the file comes parsed, in one process as text.
const fileOf = (file: unknown): unknown => (typeof file === 'string' ? JSON.parse(file) : file)
