import { bookingContract } from '@marquee/contracts/booking'
import { identityContract } from '@marquee/contracts/identity'
import { MovieDraft, moviesContract } from '@marquee/contracts/movies'
import { watchlistContract } from '@marquee/contracts/watchlist'
import { connect, localLink } from '@marquee/kit/contract'
import { anonymous, bootService, neighbour, person } from '@marquee/kit/testing'
import { movies } from '@marquee/movies'
import { reviews } from '@marquee/reviews'
import { theaters } from '@marquee/theaters'
import { expect, test } from 'vitest'
import { houses } from './cinemas.ts'
import { importMovieLines } from './import-movie-lines.ts'
import { planDay } from './programme.ts'
import { readFilms } from './read-films.ts'
import { readReviews } from './read-reviews.ts'
import { seedDemo } from './seed-demo.ts'

const films = readFilms().map((film, index) => ({ ...film, id: `film-${index}` }))
const screening = { theater: 'Lichthof', screen: 'Saal 1', speaks: 'de' }

test('the demo has about a hundred films, each described and none twice', () => {
  expect(films.length).toBeGreaterThanOrEqual(100)
  for (const film of films) expect(MovieDraft.safeParse(film).error).toBeUndefined()
  expect(new Set(films.map((film) => film.title)).size).toBe(films.length)
  expect(new Set(films.map((film) => film.externalIds?.imdb)).size).toBe(films.length)
})

test('six screens in three time zones have six different layouts', () => {
  expect(new Set(houses.map((house) => house.theater.timeZone)).size).toBe(3)
  expect(new Set(houses.flatMap((house) => house.screens.map((screen) => screen.layout))).size).toBe(6)
})

test('a day on a screen is the same however often it is planned, and never overlaps itself', () => {
  const day = planDay('2026-12-04', screening, films)
  expect(planDay('2026-12-04', screening, films)).toEqual(day)
  expect(day.length).toBeGreaterThanOrEqual(3)
  for (const [index, show] of day.entries()) {
    const next = day[index + 1]
    const film = films.find((one) => one.id === show.movieId)
    const over = Temporal.PlainDateTime.from(show.localStart).add({
      minutes: (film?.runtimeMinutes ?? 0) + 30,
    })
    if (next) expect(over.toString() <= Temporal.PlainDateTime.from(next.localStart).toString()).toBe(true)
  }
})

async function bootDemo() {
  const catalogue = await bootService(movies)
  const sold: { showId: string; leave: number }[] = []
  const booking = neighbour(bookingContract, {
    seedOrders: (order: { showId: string; leave: number }) => {
      sold.push(order)
      return { sold: 87 }
    },
  })
  const identity = neighbour(identityContract, {
    seedUsers: ({ users }: { users: { email: string }[] }) => ({
      items: users.map(({ email }, index) => ({ id: `00000000-0000-4000-8000-00000000000${index}`, email })),
    }),
  })
  const programme = await bootService(theaters, {
    neighbours: [
      booking,
      neighbour(moviesContract, {
        getMovie: (input: { movieId: string }) => catalogue.as(anonymous).getMovie(input),
      }),
    ],
  })
  const wishes: { userId: string; films: unknown[] }[] = []
  const watchlist = neighbour(watchlistContract, {
    importWatchlist: (given: { userId: string; films: unknown[] }) => {
      wishes.push(given)
      return { added: given.films.length, unchanged: 0 }
    },
  })
  const community = await bootService(reviews, {
    neighbours: [
      neighbour(moviesContract, {
        copyMovies: (input: Record<string, never>) => catalogue.asService().copyMovies(input),
      }),
      neighbour(identityContract, {
        findUsers: ({ ids }: { ids: string[] }) => ({
          items: ids.map((id) => ({ id, email: `${id}@x.example`, name: id, handle: `h${id.slice(-1)}` })),
        }),
      }),
    ],
  })
  const hosted = { booking, identity, watchlist }
  const link = localLink((name) => hosted[name as keyof typeof hosted])
  const naming = { service: 'demo', correlationId: () => 'demo' }
  const clients = {
    movies: catalogue,
    theaters: programme,
    booking: connect(bookingContract, link, naming),
    identity: connect(identityContract, link, naming),
    watchlist: connect(watchlistContract, link, naming),
    reviews: community,
  }
  const stop = () => Promise.all([catalogue.stop(), programme.stop(), community.stop()])
  return { clients, sold, wishes, stop }
}

test('seeding fills two weeks, one show starts within half an hour and sells out nearly, and again changes nothing', async () => {
  const { clients, sold, stop } = await bootDemo()
  const clock = { now: () => Temporal.Now.instant() }
  const first = await seedDemo({ ...clients, clock })
  expect(first).toMatchObject({ films: films.length, theaters: 3 })
  expect(first.shows).toBeGreaterThan(250)
  expect(sold).toEqual([{ showId: first.tonight?.showId, leave: expect.any(Number) }])
  const { leave } = sold[0] ?? { leave: 0 }
  expect(leave).toBeGreaterThanOrEqual(9)
  expect(leave).toBeLessThan(30)
  const minutes = Temporal.Instant.from(first.tonight?.startsAt ?? '')
    .since(clock.now())
    .total('minutes')
  expect(minutes).toBeGreaterThan(10)
  expect(minutes).toBeLessThanOrEqual(30)

  const again = await seedDemo({ ...clients, clock })
  expect(again).toMatchObject({ films: films.length, theaters: 3, shows: 0 })
  expect(sold).toHaveLength(1)
  await stop()
})

test('people of the demo rated, wrote, kept a diary and want to see more; again nothing is written twice', async () => {
  const { clients, wishes, stop } = await bootDemo()
  const clock = { now: () => Temporal.Now.instant() }
  const { reviews: written } = await seedDemo({ ...clients, clock })
  expect(written).toBe(readReviews().length)
  const alice = clients.reviews.as(person('00000000-0000-4000-8000-000000000003'))
  const [space] = (await clients.movies.as(anonymous).listMovies({ q: '2001 a space odyssey' })).items
  const { items } = await clients.reviews.as(anonymous).listReviews({ movieId: space?.id ?? '' })
  expect(items.map(({ stars }) => stars).sort()).toEqual([2.5, 4.5])
  expect(items.reduce((sum, { likes, comments }) => sum + likes + comments, 0)).toBeGreaterThan(0)
  expect((await alice.listDiary({})).items.length).toBeGreaterThan(5)
  expect(wishes.map(({ films: wished }) => wished.length)).toEqual([6])
  expect(await seedDemo({ ...clients, clock })).toMatchObject({ reviews: 0 })
  await stop()
})

test('who closed the demo to run their own theater does not get it back', async () => {
  const { clients, stop } = await bootDemo()
  const clock = { now: () => Temporal.Now.instant() }
  await seedDemo({ ...clients, clock })
  const owner = person('00000000-0000-4000-8000-000000000001')
  for (const { id } of (await clients.theaters.as(owner).myTheaters()).items)
    await clients.theaters.as(owner).closeTheater({ theaterId: id, cancelShows: 'true' })
  expect(await seedDemo({ ...clients, clock })).toMatchObject({ theaters: 0, shows: 0, tonight: null })
  expect((await clients.theaters.as(anonymous).listTheaters()).items).toEqual([])
  await stop()
})

test('lines that are no films or tell of one twice are skipped with the reason', async () => {
  const { clients, stop } = await bootDemo()
  const lines = [
    '{"title":"Caught","year":1900}',
    '{"title":"Caught","year":1900}',
    '{"title":"Suspicion","year":1918,"href":"Suspicion_(1918_film)","genres":["Animated"]}',
    '{"title":"Another","year":1918,"href":"Suspicion_(1918_film)"}',
    'no film at all',
    '{"title":"","year":1900}',
  ]
  const progress: number[] = []
  const bring = () =>
    importMovieLines(lines, { ...clients, batchSize: 2, onProgress: ({ read }) => progress.push(read) })
  const report = await bring()
  expect(report).toMatchObject({ read: 6, added: 3, changed: 0, unchanged: 0 })
  expect(report.skipped.map(({ line, reason }) => [line, reason.split(':')[0]])).toEqual([
    [2, 'is the film of line 1'],
    [5, 'is no film'],
    [6, 'title'],
  ])
  expect(progress.at(-1)).toBe(6)
  expect(await bring()).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
  const { items } = await clients.movies.as(anonymous).listMovies({ genre: 'Animation' })
  expect(items.map((film) => film.title)).toEqual(['Suspicion'])
  await stop()
})
