import { createMemoryCache } from '@marquee/kit/cache'
import { createSqlSearch } from '@marquee/kit/search'
import type { Database } from '@marquee/kit/sql'
import { type TestDatabase, testDatabase } from '@marquee/kit/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFilmShelves } from '../src/film-shelves.ts'
import { createFindMatches } from '../src/find-matches.ts'
import { createMovieView, type ListWish } from '../src/movie-view.ts'
import { filmIndex, toDocument } from '../src/search/film-index.ts'
import { createSearchFilms } from '../src/search/search-films.ts'
import { catalogue } from './catalogue.ts'
import { countingDatabase } from './counting-database.ts'

const films = 40_000
const found = 12_000
let database: TestDatabase
let counting: ReturnType<typeof countingDatabase>
let view: ReturnType<typeof createMovieView>
let search: ReturnType<typeof createSearchFilms>
let ids: string[]

beforeAll(async () => {
  database = await testDatabase({ schema: 'movies', migrations: new URL('../migrations/', import.meta.url) })
  await fill(database.db)
  counting = countingDatabase(database.db)
  const index = await createSqlSearch({ db: counting.db }).open(filmIndex)
  await index.put(documents(ids))
  await index.markFilled()
  view = createMovieView(counting.db)
  search = createSearchFilms({ index, view })
}, 180_000)
afterAll(() => database?.close())
beforeEach(() => void counting.forgetStatements())

/** Films by plain SQL: lists read columns, whatever made them. */
async function fill(db: Database): Promise<void> {
  const { rows } = await db.query<{ id: string }>(
    `insert into movies (id, film, summary, year, genres, folded_title, sort_title, newest, popularity, weighted_rating)
     select gen_random_uuid(), film, film, (film ->> 'year')::int, array(select jsonb_array_elements_text(film -> 'genres')),
       lower(film ->> 'title'), lower(film ->> 'title'), film ->> 'year', case when place % 9 = 0 then place % 101 else 0 end,
       case when place % 4 = 0 then place % 50 / 10.0 else 0 end
     from jsonb_array_elements($1::jsonb) with ordinality as given (film, place) returning id`,
    [
      JSON.stringify(
        catalogue(films).map(({ title, year, genres }) => ({ title, year, genres, externalIds: {} })),
      ),
    ],
  )
  ids = rows.map((row) => row.id)
  await db.query(
    `insert into film_ratings (movie_id, version, count, sum) select id, 1, 3, 20 from movies where weighted_rating > 0`,
  )
  await db.query('analyze movies, film_ratings')
}

function documents(ids: readonly string[]) {
  return catalogue(found).map((film, at) =>
    toDocument({
      id: ids[at] ?? '',
      version: 1,
      film: {
        ...film,
        originalTitle: null,
        releaseDate: null,
        runtimeMinutes: null,
        certificate: null,
        overview: '',
        directors: [],
        languages: [],
        countries: [],
        externalIds: {},
      },
      popularity: at % 101,
      weighted_rating: 0,
    }),
  )
}

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] }

/** Tables that the statements just sent read from one end to the other. */
async function readWhole(): Promise<string[]> {
  const whole: string[] = []
  const walk = (plan: Plan) => {
    if (plan['Node Type'] === 'Seq Scan') whole.push(plan['Relation Name'] ?? '')
    for (const inner of plan.Plans ?? []) walk(inner)
  }
  for (const { text, values } of counting.forgetStatements()) {
    const { rows } = await database.db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `explain (format json) ${text}`,
      values,
    )
    const [plan] = rows[0]?.['QUERY PLAN'] ?? []
    if (!plan) throw new Error(`no plan for ${text}`)
    walk(plan.Plan)
  }
  return whole
}

const sorts = ['popular', 'rating', 'newest', 'trending', 'title'] as const
const filters: Partial<ListWish>[] = [{}, { genre: 'Drama' }, { year: 1961 }, { genre: 'War', year: 2003 }]

test.each(sorts)(
  'films by %s, all or filtered, first page or later, are read from an index',
  async (sort) => {
    for (const filter of filters) {
      const first = await view.list({ sort, limit: 20, ...filter })
      expect(first?.items.length, JSON.stringify(filter)).toBeGreaterThan(5)
      if (first?.nextCursor) await view.list({ sort, limit: 20, ...filter, cursor: first.nextCursor })
      expect(await readWhole(), JSON.stringify(filter)).toEqual([])
    }
  },
)

test('how many films each genre has is counted from an index alone', async () => {
  // As autovacuum leaves it: what an index alone can answer is answered by the index alone.
  await database.admin.query('vacuum analyze movies.movies')
  const counted = await view.genres()
  expect(await readWhole()).toEqual([])
  const { rows } = await database.db.query<{ name: string; count: number }>(
    `select genre as name, count(*)::int as count from movies, unnest(genres) as genre group by genre`,
  )
  expect(counted.toSorted(byName)).toEqual(rows.toSorted(byName))
})
const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1)

test('films of a list that are in doubt are looked for a few at a time, each title once', async () => {
  let running = 0
  let most = 0
  let asked = 0
  const suggest = async (q: string, wish: { limit: number }) => {
    asked += 1
    running += 1
    most = Math.max(most, running)
    const found = await search.suggest(q, wish.limit)
    running -= 1
    return found
  }
  const findMatches = createFindMatches({ db: counting.db, suggest, years: view.yearsOf })
  const doubtful = catalogue(100).map(({ title }, at) => ({ key: `${at}`, title, year: null }))
  const matches = await findMatches([
    ...doubtful,
    ...doubtful.map((film) => ({ ...film, key: `again ${film.key}` })),
  ])
  expect(matches.filter(({ candidates }) => candidates.length > 0).length).toBeGreaterThan(50)
  expect(asked).toBe(new Set(doubtful.map(({ title }) => title)).size)
  expect(most).toBeLessThanOrEqual(2)
})

test('what the check is worth: a list without its index reads the whole table', async () => {
  await counting.db.query(`select id from movies where film ->> 'title' = 'Nothing' limit 20`)
  expect(await readWhole()).toEqual(['movies'])
})

test('searches and suggestions read indexes, for whole words, beginnings, names and slips of the finger', async () => {
  const some = catalogue(40)
  for (const { title, cast, genres } of some) {
    const slip = title.slice(0, 1) + title.slice(2, 3) + title.slice(1, 2) + title.slice(3)
    for (const q of [title, title.slice(0, 2), cast[0] ?? '', slip, 'the', `${title} ${cast[0]}`]) {
      await search.list({ q, limit: 20 })
      await search.list({ q, limit: 20, genre: genres[0] })
      await search.suggest(q)
      expect(await readWhole(), q).toEqual([])
    }
  }
}, 120_000)

test('no list asks once a row: as many statements for many films as for few', async () => {
  const count = async (ask: () => Promise<unknown>) => {
    counting.forgetStatements()
    await ask()
    return counting.forgetStatements().length
  }
  for (const limit of [2, 100]) {
    expect(await count(() => view.list({ sort: 'popular', limit }))).toBe(1)
    expect(await count(() => view.some(ids.slice(0, limit)))).toBe(1)
    expect(await count(() => search.list({ q: 'the', limit }))).toBeLessThanOrEqual(3)
  }
  const shelves = createFilmShelves({ db: counting.db, cache: createMemoryCache() })
  expect(await count(() => shelves.get(ids[0] ?? ''))).toBe(1)
  expect(await count(() => shelves.get(ids[0] ?? ''))).toBe(0)
  expect(await count(() => search.suggest('the'))).toBeLessThanOrEqual(3)
})
