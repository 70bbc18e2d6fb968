import { randomUUIDv7 } from 'node:crypto'
import { orderConfirmed } from '@marquee/contracts/order-events'
import { ratingsRecorded } from '@marquee/contracts/reviews'
import { watchlistChanged } from '@marquee/contracts/watchlist'
import type { EventDeclaration } from '@marquee/kit/contract'
import { type Booted, bootService } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { movies } from '../../../services/movies/src/index.ts'
import { forgetEvents, installTap, pointsAmiss } from './tap.ts'

let service: Booted<typeof movies.contract.endpoints>
beforeAll(async () => {
  service = await bootService(movies)
  await installTap(service.admin)
})
afterAll(() => service?.stop())

const now = () => Temporal.Now.instant().toString()
const publish = async (
  event: EventDeclaration,
  payload: object,
  about = { id: randomUUIDv7(), occurredAt: now() },
) => {
  await service.admin.query(
    `insert into tap.published (id, service, name, key, version, place, payload, correlation_id, occurred_at)
     values ($1, 'other', $2, 'key', 1, 1, $3, 'test', $4)`,
    [about.id, event.name, JSON.stringify(payload), about.occurredAt],
  )
  return about
}
/** What is published here is applied by movies. */
const tell = async (event: EventDeclaration, payload: object) =>
  service.deliver(event, payload, await publish(event, payload))

const stars = (userId: string, movieId: string, given: number | null, ratedAt = now()) => ({
  films: [],
  changes: [{ userId, movieId, stars: given, sequence: 1, ratedAt }],
})
const wish = (userId: string, movieId: string, version: number, addedAt = now()) => ({
  userId,
  movieId,
  listed: version % 2 === 1,
  version,
  addedAt,
})
const order = (movieId: string, tickets: number) => ({
  orderId: randomUUIDv7(),
  version: 1,
  movieId,
  tickets,
})

test('points add up to what was told, old and repeated acts included; one lost or one too many is noticed', async () => {
  const [kim, sam] = [randomUUIDv7(), randomUUIDv7()]
  const [rated, wished, bought] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  for (const given of [4, null, 5]) await tell(ratingsRecorded, stars(kim, rated, given))
  await tell(ratingsRecorded, stars(sam, wished, 5, '1999-12-31T12:00:00Z'))
  for (const version of [1, 3, 2]) await tell(watchlistChanged, wish(kim, wished, version))
  await tell(watchlistChanged, wish(sam, bought, 1, '2019-05-01T12:00:00Z'))
  await tell(orderConfirmed, order(bought, 9))
  expect(await pointsAmiss(service.admin)).toEqual([])

  await forgetEvents(service.admin)
  await tell(ratingsRecorded, stars(kim, rated, 1))
  await tell(watchlistChanged, wish(kim, wished, 4))
  await tell(orderConfirmed, order(bought, 1))
  expect(await pointsAmiss(service.admin)).toEqual([])

  await publish(ratingsRecorded, stars(sam, rated, 2))
  expect(await pointsAmiss(service.admin)).toEqual([`film ${rated} earned 1 points and has 0`])
  await service.deliver(orderConfirmed, order(bought, 1))
  expect(await pointsAmiss(service.admin)).toHaveLength(2)
})
