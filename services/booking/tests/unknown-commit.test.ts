import { randomUUIDv7 } from 'node:crypto'
import type { Database } from '@marquee/kit/sql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHoldSeats, type HoldRequest } from '../src/hold-seats.ts'
import { silentMetrics } from '../src/metrics.ts'
import { createShowDesk } from '../src/show-desk.ts'
import { createShowLibrary } from '../src/show-library.ts'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { losingFirstAnswer } from './losing-first-answer.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

function holdOver(db: Database) {
  const desk = createShowDesk({ db, library: createShowLibrary(), announce: () => {} })
  const rules = { holdMinutes: 8, unpaidSeats: 20, companionReleaseMinutes: 60 }
  return createHoldSeats({ desk, rules, metrics: silentMetrics, batch: { inFlight: 1, most: 100 } })
}

function request(showId: string, wish: { seats: ReturnType<typeof adult> } | { count: number }): HoldRequest {
  const common = {
    orderId: randomUUIDv7(),
    showId,
    channel: 'online' as const,
    userId: randomUUIDv7(),
    email: null,
    network: null,
  }
  if ('seats' in wish) return { ...common, seats: wish.seats }
  const tickets = [{ ticketType: 'adult', count: wish.count }]
  return { ...common, bestAvailable: { tickets, wheelchairSpaces: 0 } }
}

test('a commit whose answer was lost holds the same seats in the same orders', async () => {
  const show = await office.putOn(['............', '............'])
  const { hold } = holdOver(losingFirstAnswer(office.db))
  const requests = [
    request(show.showId, { seats: adult('A1', 'A2') }),
    request(show.showId, { seats: adult('A1', 'A2') }),
    request(show.showId, { count: 2 }),
  ]
  const [first, second, third] = await Promise.all(requests.map(hold))
  expect(first).toMatchObject({ ok: true, order: { id: requests[0]?.orderId } })
  expect(second).toMatchObject({ ok: false, code: 'seats-taken' })
  expect(third).toMatchObject({ ok: true })
  const { rows } = await office.db.query<{ seats: number }>(
    'select count(*)::int as seats from seat_claims where show_id = $1',
    [show.showId],
  )
  expect(rows).toEqual([{ seats: 4 }])
})

test('a batch that was rolled back leaves no trace and is tried again one by one', async () => {
  const show = await office.putOn(['............'])
  let failed = false
  const db: Database = {
    ...office.db,
    transaction: (work) =>
      office.db.transaction(async (tx) => {
        const result = await work(tx)
        if (failed) return result
        failed = true
        throw new Error('the batch fails before its commit')
      }),
  }
  const { hold } = holdOver(db)
  const results = await Promise.all([
    hold(request(show.showId, { seats: adult('A1', 'A2') })),
    hold(request(show.showId, { seats: adult('A3', 'A4') })),
  ])
  expect(results).toMatchObject([{ ok: true }, { ok: true }])
  const seats = await office.client.as(office.guest()).getSeats({ showId: show.showId })
  expect(seats).toMatchObject({ version: 2, taken: ['A1', 'A2', 'A3', 'A4'] })
})
