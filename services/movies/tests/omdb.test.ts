import { movieChanged } from '@marquee/contracts/movies'
import { admin, advanceClock, type Booted, bootService, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { movies } from '../src/index.ts'
import { metropolis, startOmdbStandIn } from './omdb-stand-in.ts'

const imdbId = 'tt0017136'
const key = 'stand-in-key'
let omdb: Awaited<ReturnType<typeof startOmdbStandIn>>
let service: Booted<typeof movies.contract.endpoints>

const boot = (config: Record<string, unknown> = {}) =>
  bootService(movies, {
    config: { omdbUrl: omdb.url, omdbKey: key, omdbTryMs: 250, ...config },
  })
beforeEach(async () => {
  omdb = await startOmdbStandIn({ key })
  omdb.knows(imdbId, metropolis)
  service = await boot()
})
afterEach(async () => {
  await service.stop()
  await omdb.stop()
})
/** The same service with other settings. */
async function instead(config: Record<string, unknown>) {
  await service.stop()
  service = await boot(config)
}
const bring = (id = imdbId) => service.as(admin()).attempt.importMovie({ imdbId: id })

test('an admin brings in a film with its facts, and without the plot that belongs to others', async () => {
  expect(await bring()).toMatchObject({
    ok: true,
    status: 201,
    value: {
      title: 'Metropolis',
      year: 1927,
      releaseDate: '1927-03-13',
      runtimeMinutes: 153,
      certificate: null,
      genres: ['Drama', 'Science Fiction'],
      directors: ['Fritz Lang'],
      cast: ['Brigitte Helm', 'Alfred Abel', 'Gustav Fröhlich'],
      languages: ['German', 'English'],
      countries: ['Germany'],
      overview: '',
      externalIds: { imdb: imdbId },
    },
  })
})

test('nobody but an admin spends requests', async () => {
  const attempt = await service.as(person()).attempt.importMovie({ imdbId })
  expect(attempt).toMatchObject({ ok: false, code: 'forbidden' })
  expect(omdb.asked).toEqual([])
})

test('the same film twice within a day asks nobody and changes nothing; two at once share a question', async () => {
  const both = await Promise.all([bring(), bring()])
  expect(both.every((one) => one.ok)).toBe(true)
  expect(await bring()).toMatchObject({ ok: true, status: 200 })
  expect(omdb.asked).toEqual([imdbId])
  expect(await service.published(movieChanged)).toHaveLength(1)
})

test('a film that is here already keeps what OMDb does not tell', async () => {
  await service.asService().importMovies({
    movies: [
      {
        title: 'Metropolis',
        year: 1927,
        overview: 'Our own words.',
        trailerUrl: 'https://trailer.example/1',
      },
    ],
  })
  expect(await bring()).toMatchObject({
    status: 200,
    value: { overview: 'Our own words.', trailerUrl: 'https://trailer.example/1', runtimeMinutes: 153 },
  })
})

test('a dead OMDb costs nothing: what it answered before is used', async () => {
  await bring()
  await advanceClock(service.db, { hours: 50 })
  for (const mood of [
    'hangs',
    'fails',
    'breaks-off',
    'garbage',
    'endless',
    'other-film',
    'limit-reached',
  ] as const) {
    omdb.becomes(mood)
    expect(await bring(), mood).toMatchObject({ ok: true, status: 200, value: { title: 'Metropolis' } })
  }
}, 20_000)

test.each(['hangs', 'fails', 'breaks-off', 'garbage', 'endless', 'other-film'] as const)(
  'an OMDb that %s is said to be unavailable, with when to try again',
  async (mood) => {
    omdb.becomes(mood)
    expect(await bring()).toMatchObject({
      ok: false,
      code: 'omdb-unavailable',
      status: 503,
      problem: { retryAfterSeconds: 30 },
    })
    expect(omdb.asked.length).toBeGreaterThan(1)
  },
)

test('the answer carries Retry-After', async () => {
  omdb.becomes('fails')
  const response = await service.app.inject({
    method: 'POST',
    url: '/api/movies/import',
    headers: { 'x-test-caller': JSON.stringify(admin()) },
    payload: { imdbId },
  })
  expect(response.statusCode).toBe(503)
  expect(response.headers['retry-after']).toBe('30')
})

test('an OMDb that failed for long is left alone', async () => {
  omdb.becomes('fails')
  for (let time = 0; time < 4; time++) await bring()
  const asked = omdb.asked.length
  expect(asked).toBe(6)
  expect(await bring()).toMatchObject({ code: 'omdb-unavailable' })
  expect(omdb.asked).toHaveLength(asked)
})

test('the requests of a day are counted in the database and begin anew the next day', async () => {
  await instead({ omdbDailyQuota: 2 })
  for (const id of ['tt0000001', 'tt0000002', 'tt0000003', imdbId])
    omdb.knows(id, { ...metropolis, Title: id })
  await bring('tt0000001')
  await bring('tt0000002')
  const refused = await bring('tt0000003')
  expect(refused).toMatchObject({ ok: false, code: 'omdb-quota-reached', status: 503 })
  const seconds = refused.ok ? 0 : Number(refused.problem.retryAfterSeconds)
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(86_400)
  expect(await bring('tt0000001')).toMatchObject({ ok: true })
  expect(omdb.asked).toEqual(['tt0000001', 'tt0000002'])
  await advanceClock(service.db, { seconds: seconds + 1 })
  expect(await bring('tt0000003')).toMatchObject({ ok: true })
})

test('many at once spend no more than the quota', async () => {
  await instead({ omdbDailyQuota: 3 })
  const ids = Array.from({ length: 12 }, (_, index) => `tt100000${String(index).padStart(2, '0')}`)
  for (const id of ids) omdb.knows(id, { ...metropolis, Title: id })
  const answers = await Promise.all(ids.map((id) => bring(id)))
  expect(answers.filter((one) => one.ok)).toHaveLength(3)
  expect(omdb.asked).toHaveLength(3)
})

test('when OMDb itself says that the limit is reached, nobody asks for an hour', async () => {
  omdb.becomes('limit-reached')
  expect(await bring()).toMatchObject({ code: 'omdb-quota-reached', problem: { retryAfterSeconds: 3600 } })
  omdb.becomes('well')
  expect(await bring()).toMatchObject({ code: 'omdb-quota-reached' })
  expect(omdb.asked).toHaveLength(1)
  await advanceClock(service.db, { minutes: 61 })
  expect(await bring()).toMatchObject({ ok: true })
})

test('an hour that began before midnight ends after it', async () => {
  const { rows } = await service.db.query<{ minutes: number }>(
    `select floor(extract(epoch from date_trunc('day', utc) + interval '2 days' - utc) / 60)::int - 10 as minutes
       from (select clock() at time zone 'UTC' as utc) as now`,
  )
  await advanceClock(service.db, { minutes: rows[0]?.minutes ?? 0 })
  omdb.becomes('limit-reached')
  expect(await bring()).toMatchObject({ code: 'omdb-quota-reached' })
  omdb.becomes('well')
  await advanceClock(service.db, { minutes: 20 })
  const early = await bring()
  expect(early).toMatchObject({ code: 'omdb-quota-reached' })
  const seconds = early.ok ? 0 : Number(early.problem.retryAfterSeconds)
  expect(seconds).toBeGreaterThan(39 * 60)
  expect(seconds).toBeLessThanOrEqual(40 * 60)
  expect(omdb.asked).toHaveLength(1)
  await advanceClock(service.db, { minutes: 41 })
  expect(await bring()).toMatchObject({ ok: true })
})

test('without a key, or with a wrong one, the admin is told what to set', async () => {
  await instead({ omdbKey: undefined })
  expect(await bring()).toMatchObject({ code: 'omdb-not-configured', status: 409 })
  await instead({ omdbKey: 'wrong' })
  const refused = await bring()
  expect(refused).toMatchObject({
    code: 'omdb-key-refused',
    problem: { detail: expect.stringContaining('MOVIES_OMDB_KEY') },
  })
  expect(JSON.stringify(refused)).not.toContain('wrong')
})

test('a key that is set or replaced while the service runs is used from then on', async () => {
  await instead({ omdbKey: undefined })
  expect(await bring()).toMatchObject({ code: 'omdb-not-configured' })
  service.set({ omdbKey: 'wrong' })
  expect(await bring()).toMatchObject({ code: 'omdb-key-refused' })
  service.set({ omdbKey: key })
  expect(await bring()).toMatchObject({ ok: true, value: { title: 'Metropolis' } })
  await advanceClock(service.db, { hours: 31 * 24 })
  await service.runJob('refresh-from-omdb')
  expect(omdb.asked).toEqual([imdbId, imdbId, imdbId])
})

test('a film that OMDb does not know, and what is no film, are said to be so', async () => {
  expect(await bring('tt7654321')).toMatchObject({ code: 'movie-unknown', status: 404 })
  omdb.knows('tt0903747', { ...metropolis, Type: 'series', Year: '2008–2013' })
  expect(await bring('tt0903747')).toMatchObject({ code: 'not-a-film', problem: { kind: 'series' } })
  expect(await service.as(admin()).attempt.importMovie({ imdbId: 'Metropolis' })).toMatchObject({
    status: 422,
  })
})

test('values that make no sense are left out, the rest goes in', async () => {
  omdb.knows(imdbId, {
    ...metropolis,
    Year: 'soon',
    Released: '31 Feb 1927',
    Runtime: 'long',
    Rated: 'x'.repeat(300),
    Genre: `Drama, ${'y'.repeat(90)}, , N/A, Drama`,
    Actors: `\u0000Brigitte Helm, ${Array.from({ length: 400 }, (_, index) => `Extra ${index}`).join(', ')}`,
    Director: 'N/A',
    Language: '\ud800',
    imdbVotes: '-7',
  })
  expect(await bring()).toMatchObject({
    ok: true,
    value: {
      title: 'Metropolis',
      year: null,
      releaseDate: null,
      runtimeMinutes: null,
      certificate: null,
      genres: ['Drama'],
      directors: [],
    },
  })
  omdb.knows('tt0000009', { Title: 'N/A' })
  expect(await bring('tt0000009')).toMatchObject({ code: 'movie-unknown' })
  omdb.knows('tt0000010', { ...metropolis, Title: 5 as unknown as string, Actors: [] as unknown as string })
  expect(await bring('tt0000010')).toMatchObject({ code: 'movie-unknown' })
})

test('after a month OMDb is asked again; what it changed is taken, what was corrected here stays', async () => {
  const brought = await bring()
  const movieId = brought.ok ? brought.value.id : ''
  await service.as(admin()).updateMovie({ movieId, runtimeMinutes: 150 })
  omdb.knows(imdbId, { ...metropolis, Rated: 'PG', Genre: 'N/A' })
  await service.runJob('refresh-from-omdb')
  expect(omdb.asked).toHaveLength(1)
  await advanceClock(service.db, { hours: 31 * 24 })
  await service.runJob('refresh-from-omdb')
  await service.runJob('refresh-from-omdb')
  expect(omdb.asked).toHaveLength(2)
  const read = await service.as(person()).getMovie({ movieId })
  expect(read).toMatchObject({ certificate: 'PG', runtimeMinutes: 150, genres: ['Drama', 'Science Fiction'] })
})

test('what OMDb changed is taken over by the next run, when one failed half-way', async () => {
  const brought = await bring()
  const movieId = brought.ok ? brought.value.id : ''
  omdb.knows(imdbId, { ...metropolis, Runtime: '150 min' })
  const failing = (expression: string) =>
    service.db.query(`alter table movies add constraint failing check (${expression}) not valid`)
  await failing('version = 1')
  await advanceClock(service.db, { hours: 31 * 24 })
  await expect(service.runJob('refresh-from-omdb')).rejects.toThrow('failing')
  await service.db.query('alter table movies drop constraint failing')
  await advanceClock(service.db, { hours: 25 })
  await service.runJob('refresh-from-omdb')
  const read = await service.as(person()).getMovie({ movieId })
  expect(read).toMatchObject({ runtimeMinutes: 150 })
})

test('a film that OMDb no longer knows keeps what it told before', async () => {
  await bring()
  omdb.forgets(imdbId)
  await advanceClock(service.db, { hours: 31 * 24 })
  await service.runJob('refresh-from-omdb')
  expect(omdb.asked).toHaveLength(2)
  expect(await bring()).toMatchObject({ ok: true, status: 200, value: { runtimeMinutes: 153 } })
  expect(omdb.asked).toHaveLength(2)
})

test('asking again leaves half of the requests of the day to admins', async () => {
  await instead({ omdbDailyQuota: 4 })
  for (const id of ['tt0000001', 'tt0000002', 'tt0000003', 'tt0000004']) {
    omdb.knows(id, { ...metropolis, Title: id })
    await bring(id)
  }
  await advanceClock(service.db, { hours: 31 * 24 })
  await service.runJob('refresh-from-omdb')
  expect(omdb.asked).toHaveLength(6)
  omdb.knows('tt0000005', { ...metropolis, Title: 'tt0000005' })
  expect(await bring('tt0000005')).toMatchObject({ ok: true })
})
