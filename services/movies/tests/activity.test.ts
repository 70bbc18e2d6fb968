import { randomUUIDv7 } from 'node:crypto'
import { orderConfirmed } from '@marquee/contracts/order-events'
import { ratingsRecorded } from '@marquee/contracts/reviews'
import { watchlistChanged } from '@marquee/contracts/watchlist-events'
import { createMemoryCache } from '@marquee/kit/cache'
import { admin, advanceClock, anonymous, type Booted, bootService } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { onActivity } from '../src/activity/on-activity.ts'
import { createForget } from '../src/forget.ts'
import { movies } from '../src/index.ts'

let service: Booted<typeof movies.contract.endpoints>
beforeEach(async () => {
  service = await bootService(movies)
})
afterEach(() => service.stop())

const add = async (title: string, popularity = 0) => {
  const { ids } = await service.asService().importMovies({ movies: [{ title, popularity }] })
  return ids[0] ?? ''
}
const titles = (page: { items: { title: string }[] }) => page.items.map((item) => item.title)
const read = (movieId: string) => service.as(anonymous).getMovie({ movieId })
const histogram = Array.from({ length: 10 }, () => 0)
const figures = (movieId: string, version: number, count: number, sum: number) => ({
  movieId,
  version,
  count,
  sum,
  histogram,
})
const tellFigures = async (...films: ReturnType<typeof figures>[]) => {
  await service.deliver(ratingsRecorded, { films, changes: [] })
  await service.runJob('show-figures')
}
/** The moment by the service's clock. */
const clockNow = async () => {
  const { rows } = await service.db.query<{ now: Temporal.Instant }>('select clock() as now')
  return (rows[0]?.now ?? Temporal.Now.instant()).toString()
}
const rate = async (movieId: string, people: number) =>
  service.deliver(
    ratingsRecorded,
    {
      films: [],
      changes: Array.from({ length: people }, () => ({
        userId: randomUUIDv7(),
        movieId,
        stars: 4,
        sequence: 1,
      })),
    },
    { occurredAt: await clockNow() },
  )
const sell = (movieId: string, tickets: number) =>
  service.deliver(orderConfirmed, { orderId: randomUUIDv7(), version: 3, movieId, tickets })
/** Somebody's wish as it is at a version. */
const list = async (
  movieId: string,
  listed: boolean,
  {
    userId = randomUUIDv7(),
    version = 1,
    addedAt,
  }: { userId?: string; version?: number; addedAt?: string } = {},
) =>
  service.deliver(
    watchlistChanged,
    { userId, movieId, listed, version, addedAt },
    { occurredAt: await clockNow() },
  )
/** The points of each day that has any, oldest first. */
const pointsOf = async (movieId: string) => {
  const { rows } = await service.db.query<{ points: number }>(
    'select points from film_activity where movie_id = $1 and points <> 0 order by day',
    [movieId],
  )
  return rows.map(({ points }) => points)
}
const trending = async () => {
  await service.runJob('refresh-trending')
  return titles(await service.as(anonymous).trending({}))
}

test('what people gave shows on the film and in lists, and older news never replaces newer', async () => {
  const movieId = await add('Sunrise')
  await tellFigures(figures(movieId, 7, 4, 34))
  await tellFigures(figures(movieId, 6, 3, 30))
  expect((await read(movieId)).rating).toEqual({ average: 4.25, count: 4 })
  expect((await service.as(anonymous).listMovies({})).items[0]?.rating).toEqual({ average: 4.25, count: 4 })
  await tellFigures(figures(movieId, 8, 0, 0))
  expect((await read(movieId)).rating).toEqual({ average: null, count: 0 })
})

test('what people gave just before the service stops shows to whoever shares its cache', async () => {
  const cache = createMemoryCache()
  const stopping = await bootService(movies, { cache })
  const { ids } = await stopping.asService().importMovies({ movies: [{ title: 'Sunrise' }] })
  const [movieId = ''] = ids
  const shown = (count: number) => cache.get('page', { seconds: 60, tags: [`movie:${movieId}`] }, () => count)
  expect(await shown(0)).toBe(0)
  await stopping.deliver(ratingsRecorded, { films: [figures(movieId, 1, 2, 20)], changes: [] })
  expect(await shown(2)).toBe(0)
  await stopping.stop()
  expect(await shown(2)).toBe(2)
})

test('a change of a film keeps what people gave', async () => {
  const movieId = await add('Sunrise')
  await tellFigures(figures(movieId, 1, 2, 20))
  const changed = await service.as(admin()).updateMovie({ movieId, runtimeMinutes: 94 })
  expect(changed.rating).toEqual({ average: 5, count: 2 })
})

test('one perfect rating does not beat many good ones', async () => {
  const [loved, once, poor] = [await add('Loved'), await add('Seen once'), await add('Poor')]
  await add('Unrated', 99)
  await tellFigures(figures(loved, 1, 500, 4500), figures(once, 1, 1, 10), figures(poor, 1, 300, 900))
  await service.runJob('weigh-ratings')
  expect(titles(await service.as(anonymous).topRated({}))).toEqual(['Loved', 'Seen once', 'Poor', 'Unrated'])
  await tellFigures(figures(loved, 2, 501, 1002))
  await service.runJob('weigh-ratings')
  const anew = ['Poor', 'Seen once', 'Loved', 'Unrated']
  expect(titles(await service.as(anonymous).listMovies({ sort: 'rating' }))).toEqual(anew)
})

test('the weight of every film follows when the mean of all ratings moves', async () => {
  const [calm, other] = [await add('Calm'), await add('Other')]
  await tellFigures(figures(calm, 1, 1, 8))
  await service.runJob('weigh-ratings')
  const weightOf = async (id: string) =>
    (await service.db.query<{ at: number }>('select weighted_rating as at from movies where id = $1', [id]))
      .rows[0]?.at
  expect(await weightOf(calm)).toBeCloseTo(4)
  await tellFigures(figures(other, 1, 99, 198))
  await service.runJob('weigh-ratings')
  const mean = (8 + 198) / 2 / 100
  expect(await weightOf(calm)).toBeCloseTo((4 + 20 * mean) / 21)
})

test('trending is what people rate, list and buy tickets for; popularity orders the rest', async () => {
  const [bought, rated, listed] = [await add('Bought'), await add('Rated', 3), await add('Listed', 1)]
  await add('Famous', 50)
  expect(await trending()).toEqual(['Famous', 'Rated', 'Listed', 'Bought'])
  await sell(bought, 4)
  await rate(rated, 3)
  const userId = randomUUIDv7()
  await list(listed, true, { userId })
  expect(await trending()).toEqual(['Bought', 'Rated', 'Listed', 'Famous'])
  await list(listed, false, { userId, version: 2 })
  expect(await trending()).toEqual(['Bought', 'Rated', 'Famous', 'Listed'])
})

test('interest is half gone after three days and forgotten after two weeks', async () => {
  const [before, now] = [await add('Last week'), await add('This week')]
  await rate(before, 10)
  await advanceClock(service.db, { hours: 24 * 6 })
  await rate(now, 3)
  await list(now, true)
  expect(await trending()).toEqual(['This week', 'Last week'])
  await advanceClock(service.db, { hours: 24 * 9 })
  await rate(before, 1)
  await advanceClock(service.db, { hours: 24 * 6 })
  expect(await trending()).toEqual(['Last week', 'This week'])
  await advanceClock(service.db, { hours: 24 * 15 })
  await trending()
  const { rows } = await service.db.query('select from movies where trending > 0')
  expect(rows).toHaveLength(0)
  for (const table of ['film_activity', 'rating_marks', 'wish_marks'])
    expect((await service.db.query(`select from ${table}`)).rows, table).toHaveLength(0)
})

test('what was rated and listed long ago, and is brought along today, is no interest of today', async () => {
  const [old, dated] = [await add('Old'), await add('Dated ahead')]
  const given = (movieId: string, ratedAt: string) =>
    service.deliver(ratingsRecorded, {
      films: [],
      changes: [{ userId: randomUUIDv7(), movieId, stars: 5, sequence: 1, ratedAt }],
    })
  const hoursFromNow = (hours: number) => Temporal.Now.instant().add({ hours }).toString()
  for (const at of ['1999-12-31T12:00:00Z', hoursFromNow(-25)]) {
    await given(old, at)
    await list(old, true, { addedAt: at })
  }
  expect(await pointsOf(old)).toEqual([])
  const userId = randomUUIDv7()
  await list(old, true, { userId, addedAt: '2019-05-01T12:00:00Z' })
  await list(old, false, { userId, version: 2, addedAt: '2019-05-01T12:00:00Z' })
  expect(await pointsOf(old)).toEqual([])
  await given(dated, hoursFromNow(1000))
  await list(dated, true, { addedAt: hoursFromNow(1000) })
  expect(await pointsOf(dated)).toEqual([3])
  expect(await trending()).toEqual(['Dated ahead', 'Old'])
})

test('whoever changes their stars all day long earns a film one point, and one more the next day', async () => {
  const movieId = await add('Sunrise')
  const [userId, day] = [randomUUIDv7(), Temporal.PlainDate.from('2026-11-20')]
  let sequence = 0
  const change = async (ratedAt: string, ...stars: (number | null)[]) => {
    for (const some of [stars, stars])
      await service.deliver(
        ratingsRecorded,
        {
          films: [],
          changes: some.map((one) => ({ userId, movieId, stars: one, sequence: ++sequence, ratedAt })),
        },
        { occurredAt: ratedAt },
      )
  }
  await change(`${day}T00:00:01Z`, 3, null, 4, 5)
  await change(`${day}T23:59:59Z`, 1, 2)
  expect(await pointsOf(movieId)).toEqual([1])
  await change(`${day.add({ days: 1 })}T00:00:01Z`, 3)
  expect(await pointsOf(movieId)).toEqual([1, 1])
})

test('a film put on a list and taken off, again and again, has the points of one wish, in whatever order it is told', async () => {
  const movieId = await add('Sunrise')
  const userId = randomUUIDv7()
  const told = async (...versions: number[]) => {
    for (const version of versions) await list(movieId, version % 2 === 1, { userId, version })
  }
  await told(1, 2, 3)
  expect(await pointsOf(movieId)).toEqual([2])
  await told(6, 4, 5)
  expect(await pointsOf(movieId)).toEqual([])
  await told(9, 7, 8)
  expect(await pointsOf(movieId)).toEqual([2])
  await list(movieId, true)
  expect(await pointsOf(movieId)).toEqual([4])
})

test('a wish that is made anew the day after has its points of that day', async () => {
  const movieId = await add('Sunrise')
  const userId = randomUUIDv7()
  const told = (version: number, addedAt: string) =>
    service.deliver(
      watchlistChanged,
      { userId, movieId, listed: version % 2 === 1, version, addedAt },
      { occurredAt: addedAt },
    )
  await told(1, '2026-11-20T12:00:00Z')
  await told(2, '2026-11-21T12:00:00Z')
  await told(3, '2026-11-21T13:00:00Z')
  const { rows } = await service.db.query('select day::text, points from film_activity order by day')
  expect(rows).toEqual([
    { day: '2026-11-20', points: 0 },
    { day: '2026-11-21', points: 2 },
  ])
})

test('the same event twice counts once', async () => {
  const [one, two] = [await add('One'), await add('Two', 9)]
  const id = randomUUIDv7()
  const payload = { orderId: randomUUIDv7(), version: 3, movieId: one, tickets: 1 }
  for (let time = 0; time < 3; time++) await service.deliver(orderConfirmed, payload, { id })
  await list(two, true)
  expect(await trending()).toEqual(['Two', 'One'])
})

test('a burst of thousands of ratings becomes few statements', async () => {
  const { ids } = await service.asService().importMovies({
    movies: Array.from({ length: 1000 }, (_, index) => ({ title: `Film ${index}` })),
  })
  await service.admin.query(`
    create table movies.statements (of text);
    grant all on movies.statements to public;
    create function movies.note() returns trigger language plpgsql as
      $$ begin insert into movies.statements values (tg_table_name); return null; end $$;
    create trigger note after insert on movies.film_ratings execute function movies.note();
    create trigger note after insert on movies.film_activity execute function movies.note()`)
  const events = Array.from({ length: 3000 }, (_, at) => {
    const movieId = ids[at % ids.length] ?? ''
    const count = 1 + Math.floor(at / ids.length)
    return {
      id: randomUUIDv7(),
      name: ratingsRecorded.name,
      key: movieId,
      version: count,
      occurredAt: '2026-11-21T10:00:00Z',
      correlationId: 'burst',
      position: at,
      payload: {
        films: [figures(movieId, count, count, count * 8)],
        changes: [{ userId: randomUUIDv7(), movieId, stars: 4, sequence: 1 }],
      },
    }
  })
  const forget = createForget(createMemoryCache())
  const outcomes = await onActivity(forget).handle(events, service.db)
  expect(outcomes.filter((outcome) => !outcome.ok)).toEqual([])
  expect((await service.db.query('select from statements')).rows).toHaveLength(30)
  expect((await read(ids[999] ?? '')).rating).toEqual({ average: 4, count: 3 })
})

test('films asked for by id come in one answer, in the order asked for, without those that are gone', async () => {
  const [one, two, gone] = [await add('One'), await add('Two'), await add('Gone')]
  await service.as(admin()).deleteMovie({ movieId: gone })
  const page = await service.as(anonymous).listMovies({ ids: [two, gone, one, two].join(',') })
  expect(titles(page)).toEqual(['Two', 'One'])
  expect(await service.as(anonymous).attempt.listMovies({ ids: 'all' })).toMatchObject({ status: 422 })
})
