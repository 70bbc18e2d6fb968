import { userErased } from '@marquee/contracts/identity'
import { movieChanged } from '@marquee/contracts/movies'
import { showCancelled } from '@marquee/contracts/theaters'
import { person, readWhole } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { berlin, openWatchlist } from './film-fans.ts'

const big = 'films|shows|cancelled_shows|erased_people|documents_wishes|documents_homes'
let world: Awaited<ReturnType<typeof openWatchlist>>
let fan: ReturnType<typeof person>
beforeAll(async () => {
  world = await openWatchlist()
  await fill()
  fan = person()
  for (let number = 0; number < 20; number += 1)
    await world.service.as(fan).addToWatchlist({ movieId: world.film(number).movieId })
}, 120_000)
afterAll(() => world?.service.stop())

/** People with lists and homes, films, and what is on: many of each, as years leave them. */
async function fill(): Promise<void> {
  const { admin } = world.service
  await admin.query(`
    set search_path = watchlist;
    insert into films select uuidv7(), 1, 'Film ' || n, 1990, false from generate_series(1, 30000) n;
    create temporary table listed_film as select id, row_number() over () - 1 as place from films;
    create temporary table fan as select gen_random_uuid() as id, n as place from generate_series(1, 2000) n;
    insert into documents_wishes (id, version, data)
    select fan.id || ':' || listed_film.id, 1, jsonb_build_object('userId', fan.id, 'movieId', listed_film.id, 'listed', n % 10 > 0,
             'addedAt', to_char(timestamp '2026-01-01' + n * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"'), 'told', '[]'::jsonb)
      from fan cross join generate_series(0, 19) n join listed_film on listed_film.place = (fan.place * 37 + n * 101) % 30000;
    insert into documents_homes (id, version, data)
    select id, 1, '{"label": "Home", "location": {"lat": 52.52, "lon": 13.4}, "radiusKm": 30}' from fan;
    insert into shows (id, version, movie_id, movie_title, theater_id, theater_name, lat, lon, starts_at, local_start, cancelled)
    select uuidv7(), 1, id, 'Film', gen_random_uuid(), 'Lantern', 52.52, 13.4,
           clock() + (place - 100) * interval '1 minute', '2026-12-01T19:30', place % 50 = 0 from listed_film;
    insert into cancelled_shows select gen_random_uuid(), clock() - n * interval '1 minute' from generate_series(1, 20000) n;
    insert into erased_people select gen_random_uuid() from generate_series(1, 20000);
    drop table listed_film, fan;
    analyze films, shows, cancelled_shows, erased_people, documents_wishes, documents_homes`)
}

const mine = () => world.service.as(fan)
const movieId = (number: number) => world.film(number).movieId
const home = { label: 'Home', location: berlin, radiusKm: 30 }
const bring = (first: number) =>
  world.service.asService().importWatchlist({
    userId: fan.userId,
    films: [first, first + 1].map((number) => ({
      movieId: movieId(number),
      addedAt: '2020-01-01T00:00:00Z',
    })),
  })

test.each<[string, () => Promise<unknown>]>([
  [
    'my list, page by page',
    async () => {
      const { nextCursor } = await mine().listWatchlist({ limit: 5 })
      await mine().listWatchlist({ limit: 5, cursor: nextCursor ?? '' })
    },
  ],
  ['whether a film is on it', () => mine().onWatchlist({ movieId: movieId(1) })],
  ['putting a film on it', () => mine().addToWatchlist({ movieId: movieId(21) })],
  ['taking one off', () => mine().removeFromWatchlist({ movieId: movieId(2) })],
  ['bringing many along without a home', () => bring(22)],
  ['saying where near is, and looking around there', () => mine().putHome({ home }).then(world.told)],
  ['bringing many along to a home', () => bring(24)],
  ['reading a whole list', () => world.service.asService().exportWatchlist({ userId: fan.userId })],
  ['telling those who wait of a show', () => world.schedule(world.film(3)).then(world.told)],
  [
    'hearing that a show is off',
    async () => {
      const { showId } = await world.schedule(world.film(4))
      await world.service.deliver(showCancelled, { showId, version: 2 })
    },
  ],
  [
    'hearing of a film',
    () =>
      world.service.deliver(movieChanged, {
        ...world.film(5),
        version: 2,
        year: 1990,
        runtimeMinutes: 90,
        genres: [],
      }),
  ],
  ['forgetting what is long over', () => world.service.runJob('forget-shows')],
  ['erasing a person', () => world.service.deliver(userErased, { userId: fan.userId })],
])('%s reads no big table from one end to the other', async (_name, ask) => {
  const { asked, whole } = await readWhole(world.service.db, big, ask)
  expect(asked).toBeGreaterThan(0)
  expect(whole).toEqual([])
})

test('what the check is worth: a question without its index reads the whole table', async () => {
  const { whole } = await readWhole(world.service.db, big, () =>
    world.service.db.query("select id from films where title = 'x'"),
  )
  expect(whole).toHaveLength(1)
})
