import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { type ReadLimits, readImport } from './read-import.ts'

const now = Temporal.Instant.from('2026-11-21T12:00:00Z')
const limits: ReadLimits = { rows: 50_000, skippedShown: 100, files: 20, bytes: 60_000_000 }
const films = 'Date,Name,Year,Letterboxd URI'
const rated = (count: number) =>
  Array.from({ length: count }, (_, at) => `2021-03-02,Film ${at},1927,x,4`).join('\n')

/** Reads a file, and counts how often others had their turn meanwhile. */
async function readBeside(name: string, text: string, rows = limits.rows) {
  let turns = 0
  let over = false
  const others = () => {
    turns += 1
    if (!over) setImmediate(others)
  }
  setImmediate(others)
  const content = await readImport({ name, bytes: strToU8(text), now }, { ...limits, rows })
  over = true
  if (!content.ok) throw new Error(content.detail)
  return { content, turns }
}

test('while a big file is read everybody else has their turn', async () => {
  const csv = await readBeside('ratings.csv', `${films},Rating\n${rated(50_000)}\n`)
  expect(csv.content.rows).toHaveLength(50_000)
  expect(csv.turns).toBeGreaterThan(300)
  const item = { rated_at: '2020-05-05T20:00:00Z', rating: 7, movie: { title: 'M', year: 1931 } }
  const items = Array.from({ length: 20_000 }, (_, at) => ({
    ...item,
    movie: { ...item.movie, title: `Film ${at}` },
  }))
  const json = await readBeside('trakt.json', JSON.stringify(items))
  expect(json.content.rows).toHaveLength(20_000)
  expect(json.turns).toBeGreaterThan(120)
})

test('a file of hardly anything but empty lines keeps nobody waiting', async () => {
  const blank = '\n'.repeat(1_000_000)
  const { content, turns } = await readBeside(
    'ratings.csv',
    `${films},Rating\r\n${blank}2021-03-02,Sunrise,1927,x,4\r\n${blank}`,
  )
  expect(content.rows).toMatchObject([{ line: 1_000_002, film: { title: 'Sunrise' } }])
  expect(turns).toBeGreaterThan(5)
})

test('nobody reads on in a file that is longer than what is taken, and that is said once', async () => {
  const csv = await readBeside('ratings.csv', `${films},Rating\n${rated(30)}\n`, 10)
  expect(csv.content).toMatchObject({ skippedRows: 20, skipped: [{ line: 12, reason: 'too-many-rows' }] })
  expect(csv.content.skipped).toHaveLength(1)
  const junk = await readBeside('trakt.json', `[${'0,'.repeat(999_999)}0]`, 500)
  expect(junk.content.rows).toEqual([])
  expect(junk.content.skippedRows).toBe(1_000_000)
  expect(junk.content.skipped).toHaveLength(101)
  expect(junk.content.skipped.at(-1)).toMatchObject({ line: 501, reason: 'too-many-rows' })
})

test('after a line that cannot be read the rest of the file goes in, and each lost line is told', async () => {
  const { content } = await readBeside(
    'ratings.csv',
    `${films},Rating\n2021-03-02,Sunrise,1927,x,4\n2021-03-02,"Tabu,1931,x,4\n${rated(100)}\n2021-03-02,${'x'.repeat(210_000)},1,x,4\n2021-03-02,M,1931,x,4\n`,
  )
  expect(content.rows).toHaveLength(102)
  expect(content.skippedRows).toBe(2)
  expect(content.skipped).toEqual([
    { file: 'ratings.csv', line: 3, reason: 'open-quote', detail: '2021-03-02,"Tabu,1931,x,4' },
    { file: 'ratings.csv', line: 104, reason: 'long-row', detail: `2021-03-02,${'x'.repeat(69)}` },
  ])
})

const until2017 =
  '"position","const","created","modified","description","Title","Title type","Directors","You rated","IMDb Rating","Runtime (mins)","Year","Genres","Num. Votes","Release Date (month/day/year)","URL"'
const oldRow = (id: string, day: string, title: string, stars: string) =>
  `"1","${id}","${day}","","","${title}","Feature Film","x","${stars}","8.1","94","1927","drama","1","1927-09-23","u"`

test('ratings as IMDb exported them until 2017 are ratings, of the day they were given', async () => {
  const text = `${until2017}\n${oldRow('tt0018455', 'Mon Jul  4 00:00:00 2016', 'Sunrise', '9')}\n${oldRow('tt0022100', 'Wed Nov 31 00:00:00 2016', 'M', '8')}\n`
  const { content } = await readBeside('ratings.csv', text)
  expect(content).toMatchObject({
    source: 'imdb',
    rows: [{ film: { imdb: 'tt0018455' }, fact: { kind: 'rating', stars: 4.5, at: '2016-07-04T00:00:00Z' } }],
    skipped: [{ line: 3, reason: 'bad-date', detail: 'Wed Nov 31 00:00:00 2016' }],
  })
  const wished = `${until2017}\n${oldRow('tt0018455', 'Sun Jan 10 00:00:00 2016', 'Sunrise', '')}\n`
  const watchlist = await readBeside('WATCHLIST.csv', wished)
  expect(watchlist.content.rows.map(({ fact }) => fact)).toEqual([
    { kind: 'watchlist', at: '2016-01-10T00:00:00Z' },
  ])
})

test('IMDb’s CSV in an archive is read as IMDb’s, whatever it is called', async () => {
  const header = 'Const,Your Rating,Date Rated,Title,Title Type,Year'
  const csv = strToU8(`${header}\ntt0018455,9,2020-05-05,Sunrise,Movie,1927\n`)
  for (const name of ['ratings.csv', 'my films.csv']) {
    const bytes = zipSync({ [name]: csv, '__MACOSX/._ratings.csv': Uint8Array.from([0, 5, 22, 7, 0]) })
    expect(await readImport({ name: 'imdb.zip', bytes, now }, limits), name).toMatchObject({
      source: 'imdb',
      rows: [{ film: { imdb: 'tt0018455' }, fact: { kind: 'rating', stars: 4.5 } }],
      skippedRows: 0,
    })
  }
})
