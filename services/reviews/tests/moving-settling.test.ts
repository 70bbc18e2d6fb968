import { strToU8 } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, films, idOf, type Moving, openMoving } from './moving-world.ts'
import { join, wholeList } from './talk.ts'

let club: Moving['club']
let moveIn: Moving['moveIn']
beforeAll(async () => {
  ;({ club, moveIn } = await openMoving())
})
afterAll(() => club.stop())

test('what somebody left out is looked for in their next file, and is not asked about again', async () => {
  const me = await join(club)
  const file = strToU8(`${films},Rating\n2021-03-02,Vampyr,1932,x,3\n2021-03-02,Faust,1926,x,4\n`)
  const bring = () => moveIn(me.userId, file, 'ratings.csv')
  const first = await bring()
  const leave = [{ key: 'vampyr|1932', movieId: null }]
  const left = await me.settleImport({ importId: first.id, matches: leave, rest: 'left-out' })
  expect(left).toMatchObject({ unmatched: [], unmatchedFilms: 0, leftOutFilms: 2 })
  await club.runJob('run-imports')

  const second = await bring()
  expect(second).toMatchObject({ status: 'done', unmatchedFilms: 0, leftOutFilms: 2 })
  const asked = { importId: second.id, state: 'left-out' as const }
  expect((await me.listImportFilms(asked)).items).toMatchObject([
    { title: 'Faust', year: 1926, rows: 1, candidates: [{ title: 'Tabu' }] },
    { title: 'Vampyr' },
  ])
  const otherwise = [{ key: 'faust|1926', movieId: idOf('Tabu') }]
  await me.settleImport({ importId: second.id, matches: otherwise })
  await club.runJob('run-imports')
  expect(await me.getImport({ importId: second.id })).toMatchObject({
    status: 'done',
    written: { ratings: 1 },
    leftOutFilms: 1,
  })

  arrive('Vampyr')
  expect(await bring()).toMatchObject({
    status: 'done',
    written: { ratings: 1, unchanged: 1 },
    leftOutFilms: 0,
  })
  expect(await me.getRating({ movieId: idOf('Vampyr') })).toMatchObject({ stars: 3 })
})

test('of many films to be settled the first come with the import, and the rest page by page', async () => {
  const me = await join(club)
  const rows = Array.from({ length: 60 }, (_, at) => `2021-03-02,Lost ${at},1932,x,,,,2021-03-02`)
  const file = `${films},Rating,Rewatch,Tags,Watched Date\n${rows.join('\n')}\n2021-03-02,Lost 33,1932,x,,,,2020-03-02\n`
  const { id: importId, ...shown } = await moveIn(me.userId, strToU8(file), 'diary.csv')
  expect(shown).toMatchObject({ status: 'doubtful', unmatchedFilms: 60 })
  expect(shown.unmatched).toHaveLength(50)
  expect(shown.unmatched[0]).toMatchObject({ title: 'Lost 33', rows: 2 })
  const all = await wholeList((cursor) => me.listImportFilms({ importId, limit: 25, ...cursor }))
  expect(all.slice(0, 50)).toEqual(shown.unmatched)
  expect(new Set(all.map(({ title }) => title)).size).toBe(60)
  const [listed] = (await me.listImports({})).items
  expect(listed).toMatchObject({ id: importId, status: 'doubtful', unmatchedFilms: 60 })
  expect(Object.keys(listed ?? {})).not.toContain('unmatched')
  expect(Object.keys(listed ?? {})).not.toContain('skipped')
  for (const cursor of ['x', Buffer.from('[1,"a\\u0000"]').toString('base64url')])
    expect(await me.attempt.listImportFilms({ importId, cursor })).toMatchObject({ ok: false, status: 422 })
})
