import { randomUUIDv7 } from 'node:crypto'
import { bookingContract } from '@marquee/contracts/booking'
import type { ShowFacts } from '@marquee/contracts/theaters'
import { type Caller, connect, type Implementation, localLink } from '@marquee/kit/contract'
import { createPublisher, eventsMigrations } from '@marquee/kit/events'
import { type Flags, usualFlags } from '@marquee/kit/flags'
import { createMemoryLive } from '@marquee/kit/live'
import type { Database } from '@marquee/kit/sql'
import { silentLogger } from '@marquee/kit/telemetry'
import { advanceClock, testDatabase } from '@marquee/kit/testing'
import { composeBooking } from '../src/compose.ts'
import { type BookingConfig, bookingConfig } from '../src/config.ts'
import { silentMetrics } from '../src/metrics.ts'
import { savePerson, type TheaterRole } from '../src/people-store.ts'
import { capacityOf, markCancelled, saveLayout, saveShow } from '../src/show-store.ts'
import { createFakePayments } from './fake-payments.ts'
import { factsOf, layoutOf } from './fixtures.ts'

export type BoxOffice = Awaited<ReturnType<typeof openBoxOffice>>

/** What a test changes while booking runs. */
type Changing = { config?: BookingConfig; flags?: Flags }

/** Booking on a real database, with the payments service played by a map and events kept in a table. */
export async function openBoxOffice(settings: Record<string, unknown> = {}, changing: Changing = {}) {
  const database = await testDatabase({
    schema: 'booking',
    migrations: new URL('../migrations/', import.meta.url),
    also: [{ name: 'events', from: eventsMigrations }],
  })
  const { db } = database
  const payments = createFakePayments()
  const live = createMemoryLive()
  const open = () =>
    composeBooking({
      config: changing.config ?? bookingConfig.parse(settings),
      db,
      reads: { for: () => db },
      live,
      flags: changing.flags ?? usualFlags,
      payments: payments.client,
      metrics: silentMetrics,
      ids: { uuid: () => randomUUIDv7() },
      now: () => Temporal.Now.instant(),
      log: silentLogger,
      origin: 'http://marquee.example',
      events: createPublisher({ onPublished: () => {} }),
    })
  let booking = await open()
  let moving: Promise<void> = Promise.resolve()
  const links = new Map<typeof booking, ReturnType<typeof localLink>>()
  // A link keeps to the process it found first.
  const linkTo = (one: typeof booking) =>
    links.getOrInsertComputed(one, () => localLink(() => one.implementation as unknown as Implementation))
  const clientOf = (of: () => typeof booking) =>
    connect(bookingContract, (call) => linkTo(of())(call), { service: 'test', correlationId: randomUUIDv7 })
  const client = clientOf(() => booking)

  return {
    db,
    admin: database.admin,
    payments,
    client,
    booking: () => booking,
    /** A second process over the same database, with memory of its own. */
    another: open,
    clientOf,
    /** Asks while nothing can be changed in these shows: until so many wait for it, and `meanwhile` is done. */
    async whileLocked(
      shows: readonly ShowFacts[],
      { waiting, ask, meanwhile }: { waiting: number; ask: () => void; meanwhile?: () => Promise<void> },
    ): Promise<void> {
      const [locked, asked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const holding = db.transaction(async (tx) => {
        const ids = shows.map(({ showId }) => showId)
        await tx.query('select from shows where id = any($1::uuid[]) order by id for update', [ids])
        locked.resolve()
        await asked.promise
      })
      await locked.promise
      try {
        ask()
        for (let looks = 0; (await waitingForLocks(db)) < waiting; looks += 1)
          if (looks > 5000) throw new Error('what was asked does not wait for these shows')
        await meanwhile?.()
      } finally {
        asked.resolve()
      }
      await holding
    },
    /** Forgets everything that is only in memory. */
    restart: async () => {
      booking.feed.stop()
      booking = await open()
    },
    guest: (secret?: string): Caller => ({ kind: 'anonymous', roles: [], ...(secret ? { secret } : {}) }),
    person: (userId: string = randomUUIDv7()): Caller => ({ kind: 'user', userId, roles: ['user'] }),
    // One at a time: the clock is a function, and PostgreSQL replaces it for one of two only.
    advance(duration: Temporal.DurationLike) {
      moving = moving.then(() => advanceClock(db, duration))
      return moving
    },
    async putOn(rows: string[], more: Partial<ShowFacts> = {}) {
      const layout = layoutOf(rows)
      const facts = factsOf(layout, more)
      await db.transaction(async (tx) => {
        await saveLayout(tx, layout)
        await saveShow(tx, facts, layout.seats.length)
      })
      return facts
    },
    /** What theaters tell of a show next: where nothing else is said, as it was. */
    async tell(facts: ShowFacts, more: Partial<ShowFacts> = {}) {
      const changed = { ...facts, version: facts.version + 1, ...more }
      await db.transaction(async (tx) => {
        const capacity = await capacityOf(tx, changed.layoutId)
        await saveShow(tx, changed, capacity ?? 0)
      })
      return changed
    },
    hire: (facts: ShowFacts, userId: string, role: TheaterRole) =>
      db.transaction((tx) => savePerson(tx, { theaterId: facts.theaterId, userId, role, version: 1 })),
    cancel: (facts: ShowFacts) => db.transaction((tx) => markCancelled(tx, facts.showId, 2)),
    async announced(): Promise<{ name: string; payload: Record<string, unknown> }[]> {
      const { rows } = await db.query<{ name: string; payload: Record<string, unknown> }>(
        'select name, payload from outbox order by position',
      )
      return rows
    },
    async close() {
      booking.feed.stop()
      await database.close()
    },
  }
}

export function adult(...seatIds: string[]) {
  return seatIds.map((seatId) => ({ seatId, ticketType: 'adult' }))
}

async function waitingForLocks(db: Database): Promise<number> {
  const { rows } = await db.query<{ waits: number }>(
    `select count(*)::int as waits from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows[0]?.waits ?? 0
}
