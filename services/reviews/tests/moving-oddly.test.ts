import { randomUUIDv7 } from 'node:crypto'
import { userErased } from '@marquee/contracts/identity'
import { movieChanged } from '@marquee/contracts/movies'
import { strToU8 } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endImport, insertImport, settleFilms } from '../src/moving/import-store.ts'
import { facts } from './film-club.ts'
import { archive, films, idOf, type Moving, openMoving } from './moving-world.ts'
import { join } from './talk.ts'

let club: Moving['club']
let upload: Moving['upload']
let moveIn: Moving['moveIn']
let download: Moving['download']
beforeAll(async () => {
  ;({ club, upload, moveIn, download } = await openMoving())
})
afterAll(() => club.stop())

test('a text that ends in the middle of a character where it is cut stops no import', async () => {
  const me = await join(club)
  const tag = `${'a'.repeat(39)}🎬`
  const body = `${'b'.repeat(79)}🎬 ${'c'.repeat(9950)}🎬`
  const file = (start: string) =>
    strToU8(
      `${films},Rating,Rewatch,Review,Tags,Watched Date\n2021-03-01,Sunrise,1927,x,4,,${start}${body},${tag},2021-02-28\n2021-03-01,M,1931,x,4,,x,,${'9'.repeat(199)}🎬\n`,
    )
  expect(await moveIn(me.userId, file(''), 'reviews 🎬.csv')).toMatchObject({
    status: 'done',
    written: { diary: 1, reviews: 1 },
    skippedRows: 1,
  })
  const [entry] = (await me.listDiary({})).items
  expect(entry?.tags).toEqual(['a'.repeat(39)])
  expect(await moveIn(me.userId, file('b'.repeat(80)), 'reviews.csv')).toMatchObject({
    status: 'done',
    skippedRows: 2,
  })
})

test('a file of ours or of Trakt that somebody changed ends, and the rest of it goes in', async () => {
  const me = await join(club)
  const film = { title: 'Sunrise', year: 1927 }
  const at = '2020-01-01T00:00:00Z'
  const note = 'a\0b\ud800c'
  const viewing = {
    kind: 'viewing',
    key: 'x',
    watchedOn: '2020-01-01',
    stars: 4,
    liked: true,
    rewatch: false,
  }
  const rows = [
    { film: { title: 'Sun\0rise', year: 1927 }, fact: { kind: 'rating', stars: 4, at } },
    { film, fact: { ...viewing, tags: [note], note, visibility: 'public' } },
    { film, fact: { ...viewing, watchedOn: '2020-13-45', tags: [], note, visibility: 'public' } },
    { film: { ...film, imdb: 'tt'.repeat(3000) }, fact: { kind: 'watchlist', at } },
  ]
  const ours = strToU8(JSON.stringify({ format: 'marquee-community', rows }))
  expect(await moveIn(me.userId, ours, 'commu\0nity.json')).toMatchObject({
    status: 'done',
    written: { ratings: 1, diary: 1, watchlist: 1 },
    skippedRows: 1,
  })
  const movie = { title: 'Tabu', year: 1e15, ids: { imdb: '\ud800'.repeat(900), tmdb: '\0' } }
  const trakt = strToU8(
    JSON.stringify([
      { watched_at: at, movie },
      { rating: 7, rated_at: '\0', movie },
    ]),
  )
  expect(await moveIn(me.userId, trakt, 'history.json')).toMatchObject({
    source: 'trakt',
    status: 'done',
    written: { diary: 1 },
    skippedRows: 1,
  })
})

test('a film that somebody settled and that is gone since is asked about again', async () => {
  const me = await join(club)
  const gone = randomUUIDv7()
  await club.deliver(movieChanged, facts(gone, 'Taboo'))
  const file = strToU8(`${films},Rating\n2021-03-02,Taboo,1931,x,3\n`)
  const first = await moveIn(me.userId, file, 'ratings.csv')
  const [doubtful] = first.unmatched
  await me.settleImport({ importId: first.id, matches: [{ key: doubtful?.key ?? '', movieId: gone }] })
  await club.runJob('run-imports')
  await club.deliver(movieChanged, { ...facts(gone, 'Taboo', 2), deleted: true })
  expect(await moveIn(me.userId, file, 'ratings.csv')).toMatchObject({
    status: 'doubtful',
    unmatched: [{ title: 'Taboo', rows: 1 }],
  })
})

test('what is settled while an import comes to its end is written all the same', async () => {
  const me = await join(club)
  const file = strToU8(`${films},Rating\n2021-03-02,Taboo,1931,x,3\n`)
  const { id: importId, unmatched } = await moveIn(me.userId, file, 'ratings.csv')
  await club.db.query(`update imports set status = 'running' where id = $1`, [importId])
  const matches = [{ key: unmatched[0]?.key ?? '', movieId: idOf('Tabu') }]
  await club.db.transaction((tx) => settleFilms(tx, importId, matches))
  await endImport(club.db, importId)
  await club.runJob('run-imports')
  expect(await me.getImport({ importId })).toMatchObject({ status: 'done', written: { ratings: 1 } })
})

test('of two files sent in one moment the second waits for the first, and is refused', async () => {
  const { userId } = await join(club)
  const file = () => ({ id: randomUUIDv7(), userId, fileName: 'ratings.csv', bytes: archive })
  const waiting = `select from pg_locks where locktype = 'advisory' and not granted`
  const kept = Promise.withResolvers<void>()
  let over = false
  const first = club.db.transaction(async (tx) => {
    const taken = await insertImport(tx, file())
    kept.resolve()
    while (!over && (await tx.query(waiting)).rowCount === 0);
    return taken
  })
  await kept.promise
  const second = club.db
    .transaction((tx) => insertImport(tx, file()))
    .finally(() => {
      over = true
    })
  expect([await first, await second]).toEqual([true, false])
  await club.runJob('run-imports')
})

test('somebody who was erased brings nothing in any more', async () => {
  const me = await join(club)
  await club.deliver(userErased, { userId: me.userId })
  expect(await upload(me.userId, archive)).toMatchObject({ status: 401 })
  const { rows } = await club.db.query('select from imports where user_id = $1', [me.userId])
  expect(rows).toEqual([])
})

test('a review is as old here as it was there', async () => {
  const [me, other] = [await join(club), await join(club)]
  const file = strToU8(
    `${films},Rating,Rewatch,Review,Tags,Watched Date\n2019-03-01,Metropolis,1927,x,,,Machines.,,\n`,
  )
  await moveIn(me.userId, file, 'reviews.csv')
  const json = await download(me.userId, 'community.json')
  await moveIn(other.userId, json.rawPayload, 'community.json')
  for (const one of [me, other]) {
    const { reviews: mine } = await one.myPartOfMovie({ movieId: idOf('Metropolis') })
    expect(mine).toMatchObject([{ body: 'Machines.', createdAt: expect.stringMatching(/^2019-03-01T/) }])
  }
})
