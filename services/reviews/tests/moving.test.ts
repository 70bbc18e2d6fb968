import { randomUUIDv7 } from 'node:crypto'
import { userErased } from '@marquee/contracts/identity'
import { person } from '@marquee/kit/testing'
import { strToU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FilmCopy } from '../src/film-copy.ts'
import { createImportRoutes } from '../src/moving/routes.ts'
import { archive, films, idOf, type Moving, openMoving } from './moving-world.ts'
import { join } from './talk.ts'

let club: Moving['club']
let world: Moving['world']
let upload: Moving['upload']
let moveIn: Moving['moveIn']
let download: Moving['download']
beforeAll(async () => {
  ;({ club, world, upload, moveIn, download } = await openMoving())
})
afterAll(() => club.stop())

test('a file that is larger than can be taken is refused with how large it may be', async () => {
  const me = await join(club)
  const { status, body } = await upload(me.userId, new Uint8Array(20_000_001))
  expect(status).toBe(413)
  expect(body).toMatchObject({
    code: 'too-large',
    status: 413,
    detail: expect.stringContaining('20000000 bytes'),
  })
  expect((await me.listImports({})).items).toEqual([])
})

test('an import that ends while the next one is asked for makes room for it', async () => {
  const me = await join(club)
  const rows = strToU8(`${films},Rating\n`)
  expect((await upload(me.userId, rows, 'ratings.csv')).status).toBe(202)
  let ended = false
  const db = {
    ...club.db,
    transaction: async (work: Parameters<typeof club.db.transaction>[0]) => {
      const inserted = await club.db.transaction(work)
      if (!ended) await club.runJob('run-imports')
      ended = true
      return inserted
    },
  } as typeof club.db
  const { startImport } = createImportRoutes({ db, films: {} as FilmCopy, newId: randomUUIDv7 })
  const form = new FormData()
  form.set('file', new File([new Uint8Array(rows)], 'ratings.csv'))
  const request = new Request('http://x', { method: 'POST', body: form })
  const answer = await startImport({} as never, {
    caller: person(me.userId),
    correlationId: 'next',
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    rawBody: Buffer.from(await request.arrayBuffer()),
  })
  expect(answer).toMatchObject({ status: 202 })
  expect((await me.listImports({})).items).toHaveLength(2)
})

test('somebody moves in from Letterboxd, settles what is doubtful, and again changes nothing', async () => {
  const me = await join(club)
  const first = await moveIn(me.userId, archive)
  expect(first).toMatchObject({
    status: 'doubtful',
    source: 'letterboxd',
    written: { ratings: 1, diary: 2, reviews: 1, watchlist: 1, unchanged: 0 },
    skippedRows: 1,
    skipped: [{ file: 'watchlist.csv', line: 3, reason: 'bad-date', detail: 'yesterday' }],
    unmatched: [{ title: 'Taboo', year: 1931, rows: 1, candidates: [{ title: 'Tabu' }] }],
    finishedAt: expect.any(String),
  })
  expect(await me.getRating({ movieId: idOf('Sunrise') })).toMatchObject({ stars: 4.5 })

  const key = first.unmatched[0]?.key ?? ''
  const asked = await me.settleImport({ importId: first.id, matches: [{ key, movieId: idOf('Tabu') }] })
  expect(asked).toMatchObject({ status: 'waiting', unmatched: [] })
  await club.runJob('run-imports')
  expect(await me.getImport({ importId: first.id })).toMatchObject({
    status: 'done',
    rows: 6,
    done: 6,
    written: { ratings: 2 },
  })
  expect(await me.getRating({ movieId: idOf('Tabu') })).toMatchObject({ stars: 3 })

  const again = await moveIn(me.userId, archive)
  expect(again.written).toEqual({ ratings: 0, diary: 0, reviews: 0, watchlist: 0, unchanged: 6 })
  expect(again).toMatchObject({ status: 'done', unmatched: [] })
  expect((await me.listDiary({})).items.map(({ watchedOn }) => watchedOn)).toEqual([
    '2022-02-28',
    '2021-02-28',
  ])
})

test('a review goes with its viewing and keeps its day and its text', async () => {
  const me = await join(club)
  await moveIn(me.userId, archive)
  const { reviews: mine } = await me.myPartOfMovie({ movieId: idOf('Sunrise') })
  expect(mine).toMatchObject([
    { body: '=SUM(1) is how it feels', createdAt: expect.stringMatching(/^2021-02-28T12:00:00/) },
  ])
  const { items } = await me.listDiary({})
  expect(items.find(({ watchedOn }) => watchedOn === '2021-02-28')?.reviewId).toBe(mine[0]?.id)
})

test('what goes out comes in again elsewhere as it was', async () => {
  const [me, other, third] = [await join(club), await join(club), await join(club)]
  await moveIn(me.userId, archive)
  const zip = await download(me.userId, 'letterboxd.zip')
  expect(Object.keys(unzipSync(zip.rawPayload)).sort()).toEqual([
    'diary.csv',
    'likes/films.csv',
    'ratings.csv',
    'reviews.csv',
    'watched.csv',
    'watchlist.csv',
  ])
  const moved = await moveIn(other.userId, zip.rawPayload)
  expect(moved.written).toEqual({ ratings: 1, diary: 2, reviews: 1, watchlist: 1, unchanged: 0 })
  const json = await download(me.userId, 'community.json')
  const told = await moveIn(third.userId, json.rawPayload, 'community.json')
  expect(told).toMatchObject({ source: 'marquee', written: moved.written, skippedRows: 0 })
  const imdb = await download(me.userId, 'imdb-ratings.csv')
  expect(imdb.body.split('\r\n')[1]).toMatch(/^tt000007,9,2022-02-28,Sunrise,/)
  const wishes = await download(me.userId, 'imdb-watchlist.csv')
  expect(wishes.body.split('\r\n')[1]).toMatch(/^1,tt\d+,2022-01-05,2022-01-05,,Nosferatu,/)
  const fourth = await join(club)
  const taken = await moveIn(fourth.userId, wishes.rawPayload, 'watchlist.csv')
  expect(taken).toMatchObject({ source: 'imdb', written: { ratings: 0, watchlist: 1 }, skippedRows: 0 })
})

test('cells that a spreadsheet would calculate are guarded on the way out', async () => {
  const me = await join(club)
  await moveIn(me.userId, archive)
  const files = unzipSync((await download(me.userId, 'letterboxd.zip')).rawPayload)
  expect(Buffer.from(files['reviews.csv'] ?? []).toString()).toContain("'=SUM(1) is how it feels")
})

test('a file that is none ends in a clear word, and one import goes at a time', async () => {
  const me = await join(club)
  expect(await moveIn(me.userId, strToU8('a,b\n1,2\n'), 'x.csv')).toMatchObject({
    status: 'failed',
    problem: { code: 'unknown-format' },
  })
  const plain = await club.app.inject({
    method: 'POST',
    url: '/api/me/import',
    headers: { 'content-type': 'text/csv', 'x-test-caller': JSON.stringify(person(me.userId)) },
    payload: 'x',
  })
  expect(plain.json()).toMatchObject({ status: 422, code: 'unreadable-import', reason: 'not-a-form' })
  const one = await upload(me.userId, archive)
  const two = await upload(me.userId, archive)
  expect(two).toMatchObject({ status: 409, body: { code: 'import-running', importId: one.body.id } })
  await club.runJob('run-imports')
})

test('an import is only for whose it is', async () => {
  const [me, other] = [await join(club), await join(club)]
  const mine = await moveIn(me.userId, archive)
  expect(await other.attempt.getImport({ importId: mine.id })).toMatchObject({ ok: false, status: 403 })
  expect((await other.listImports({})).items).toEqual([])
  expect((await me.listImports({})).items.map(({ id }) => id)).toEqual([mine.id])
})

test('somebody who leaves while their file is worked on leaves nothing behind', async () => {
  const me = await join(club)
  world.meanwhile = () => club.deliver(userErased, { userId: me.userId })
  const { body } = await upload(me.userId, archive)
  await club.runJob('run-imports')
  world.meanwhile = undefined
  await club.processEvents()
  await club.runJob('settle-ratings')
  const { rows } = await club.db.query(
    `select 'viewing' from diary where user_id = $1 union all
     select 'rating' from ratings where user_id = $1 and stars > 0 union all
     select 'import' from imports where id = $2 union all
     select 'review' from documents_reviews where data ->> 'writerId' = $1::text`,
    [me.userId, body.id],
  )
  expect(rows).toEqual([])
})
test('a worker that dies in the middle leaves what another finishes', async () => {
  const me = await join(club)
  const { body } = await upload(me.userId, archive)
  await club.db.query(`update imports set status = 'running', leased_until = clock() + interval '1 minute'`)
  await club.runJob('run-imports')
  expect(await me.getImport({ importId: body.id })).toMatchObject({ status: 'running', done: 0 })
  await club.db.query(`update imports set leased_until = clock() - interval '1 second' where id = $1`, [
    body.id,
  ])
  await club.runJob('run-imports')
  expect(await me.getImport({ importId: body.id })).toMatchObject({ status: 'doubtful', done: 5 })
})
