import { randomUUIDv7 } from 'node:crypto'
import { userErased } from '@marquee/contracts/identity'
import { watchlistChanged } from '@marquee/contracts/watchlist'
import { person, readWhole } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { film, nth, openRecommendations } from './film-lovers.ts'

const catalogue = Array.from({ length: 40 }, (_, at) => film(`Film ${at}`, [at % 2 ? 'Drama' : 'Comedy']))
const big = 'ratings|wishes|neighbours|erased_people'
let world: Awaited<ReturnType<typeof openRecommendations>>
const [lover, fan] = [person(), person()]
beforeAll(async () => {
  // How long it takes is not asked here.
  world = await openRecommendations(catalogue, { patienceMilliseconds: 5000 })
  await fill()
}, 120_000)
afterAll(() => world?.service.stop())

/** Very many people's ratings and wishes, each film's neighbours, and one person of each kind whom we ask for. */
async function fill(): Promise<void> {
  const { admin } = world.service
  await admin.query(`
    set search_path = recommendations;
    create temporary table film as select gen_random_uuid() as id, n as place from generate_series(0, 4999) n;
    insert into film values ${catalogue.map(({ id }, at) => `('${id}', ${5000 + at})`).join(', ')};
    create temporary table viewer as select gen_random_uuid() as id, n as place from generate_series(1, 3000) n;
    insert into ratings (user_id, movie_id, stars, sequence, rated_at)
    select viewer.id, film.id, 1 + n % 10, n, timestamptz '2026-01-01' + n * interval '1 minute'
      from viewer cross join generate_series(0, 49) n join film on film.place = n * 97 % 5000;
    insert into wishes (user_id, movie_id, listed, version, changed_at)
    select viewer.id, film.id, n % 5 > 0, 1, timestamptz '2026-01-01' + n * interval '1 minute'
      from viewer cross join generate_series(0, 19) n join film on film.place = n * 89 % 5000;
    insert into neighbours (movie_id, others, weights)
    select id, array(select id from film order by place desc limit 30), array(select 0.5::real from generate_series(1, 30))
      from film;
    insert into erased_people select gen_random_uuid() from generate_series(1, 20000);
    insert into ratings select '${lover.userId}', id, 9, 1, timestamptz '2026-02-01' from film where place between 5000 and 5009;
    insert into wishes select '${fan.userId}', id, true, 1, timestamptz '2026-02-01' from film where place between 5000 and 5009;
    drop table film, viewer;
    analyze ratings, wishes, neighbours, erased_people`)
}

test.each<[string, () => Promise<unknown>]>([
  [
    'picks by ratings, few or many',
    async () => {
      for (const limit of [1, 20]) {
        const { source, items } = await world.service.as(lover).getRecommendations({ limit })
        expect([source, items.length]).toEqual(['personal', limit])
      }
    },
  ],
  [
    'picks by genre, for who rated nothing',
    async () => {
      const { source, items } = await world.service.as(fan).getRecommendations({ limit: 20 })
      expect([source, items.length]).toEqual(['personal', 20])
    },
  ],
  [
    'hearing of ratings',
    () =>
      world.rate(
        randomUUIDv7(),
        catalogue.map((one) => [one, 4] as const),
      ),
  ],
  [
    'hearing of a wish',
    () =>
      world.service.deliver(watchlistChanged, {
        userId: randomUUIDv7(),
        movieId: nth(catalogue, 0).id,
        listed: true,
        version: 1,
      }),
  ],
  ['erasing a person', () => world.service.deliver(userErased, { userId: person().userId })],
])('%s reads no big table from one end to the other', async (_name, ask) => {
  const { asked, whole } = await readWhole(world.service.db, big, ask)
  expect(asked).toBeGreaterThan(0)
  expect(whole).toEqual([])
})

test('everybody’s ratings are read for the neighbours a page of people at a time, from an index', async () => {
  await world.rate(randomUUIDv7(), [[nth(catalogue, 0), 4]])
  const { asked, whole } = await readWhole(world.service.db, 'ratings', world.refresh)
  expect(asked).toBeGreaterThan(100)
  expect(new Set(whole)).toEqual(new Set())
}, 120_000)

test('what the check is worth: a question without its index reads the whole table', async () => {
  const { whole } = await readWhole(world.service.db, big, () =>
    world.service.db.query('select user_id from ratings where stars = 3'),
  )
  expect(whole).toHaveLength(1)
})
