import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { type ReadLimits, readImport } from './read-import.ts'

const now = Temporal.Instant.from('2026-11-21T12:00:00Z')
const limits: ReadLimits = { rows: 1000, skippedShown: 100, files: 20, bytes: 1_000_000 }
const read = (name: string, text: string | Uint8Array, more: Partial<ReadLimits> = {}) =>
  readImport({ name, bytes: typeof text === 'string' ? strToU8(text) : text, now }, { ...limits, ...more })
const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))

async function rowsOf(name: string, text: string | Uint8Array) {
  const content = await read(name, text)
  if (!content.ok) throw new Error(content.detail)
  return content.rows.map(({ film, fact }) => ({ film, fact }))
}

const films = 'Date,Name,Year,Letterboxd URI'

test('an archive tells each thing once, though its files overlap', async () => {
  const rows = await rowsOf(
    'letterboxd.zip',
    zip({
      'ratings.csv': `${films},Rating\n2021-03-02,Sunrise,1927,https://boxd.it/1,4.5\n`,
      'diary.csv': `${films},Rating,Rewatch,Tags,Watched Date\n2021-03-01,Sunrise,1927,https://boxd.it/1,4,Yes,"silent, with organ",2021-02-28\n`,
      'reviews.csv': `${films},Rating,Rewatch,Review,Tags,Watched Date\n2021-03-01,Sunrise,1927,https://boxd.it/1,4,Yes,"The tram &amp; the lake.<br><i>Again!</i>",silent,2021-02-28\n`,
      'watched.csv': `${films}\n2021-03-01,Sunrise,1927,https://boxd.it/1\n2020-01-01,Metropolis,1927,https://boxd.it/2\n`,
      'likes/films.csv': `${films}\n2021-03-01,Sunrise,1927,https://boxd.it/1\n`,
      'watchlist.csv': `${films}\n2022-01-05,Nosferatu,1922,https://boxd.it/3\n`,
      'deleted/diary.csv': `${films},Rating,Rewatch,Tags,Watched Date\n2021-03-01,Gone,1999,x,4,,,2021-02-28\n`,
      'profile.csv': 'Username\nsomebody\n',
    }),
  )
  const sunrise = { title: 'Sunrise', year: 1927 }
  expect(rows).toEqual([
    { film: sunrise, fact: { kind: 'rating', stars: 4.5, at: '2021-03-02T00:00:00Z' } },
    {
      film: sunrise,
      fact: expect.objectContaining({
        kind: 'viewing',
        watchedOn: '2021-02-28',
        stars: 4,
        liked: true,
        rewatch: true,
        tags: ['silent', 'with organ'],
      }),
    },
    {
      film: sunrise,
      fact: {
        kind: 'review',
        viewing: '2021-02-28',
        title: null,
        body: 'The tram & the lake.\nAgain!',
        spoiler: false,
      },
    },
    {
      film: { title: 'Metropolis', year: 1927 },
      fact: expect.objectContaining({ kind: 'viewing', watchedOn: null }),
    },
    { film: { title: 'Nosferatu', year: 1922 }, fact: { kind: 'watchlist', at: '2022-01-05T00:00:00Z' } },
  ])
})

test('a lone diary gives ratings too, the newest for each film', async () => {
  const rows = await rowsOf(
    'diary.csv',
    `${films},Rating,Rewatch,Tags,Watched Date\n2021-01-01,M,1931,x,3,,,2020-12-31\n2022-01-01,M,1931,x,5,Yes,,2021-12-31\n`,
  )
  expect(rows.filter(({ fact }) => fact.kind === 'rating')).toEqual([
    { film: { title: 'M', year: 1931 }, fact: { kind: 'rating', stars: 5, at: '2021-12-31T00:00:00Z' } },
  ])
  expect(rows.filter(({ fact }) => fact.kind === 'viewing')).toHaveLength(2)
})

test('IMDb counts to ten and lists series, which are left out', async () => {
  const header =
    'Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors'
  const content = await read(
    'ratings.csv',
    `${header}\ntt0018455,9,2020-05-05,Sunrise,Sunrise,u,Movie,8.1,94,1927,Drama,1,1927-09-23,x\ntt0903747,10,2020-05-06,A Series,A Series,u,TV Series,9,45,2008,Drama,1,,x\n`,
  )
  expect(content).toMatchObject({
    ok: true,
    source: 'imdb',
    rows: [{ film: { imdb: 'tt0018455' }, fact: { kind: 'rating', stars: 4.5 } }],
    skipped: [{ file: 'ratings.csv', line: 3, reason: 'not-a-film' }],
  })
})

test('Trakt tells ratings, viewings and wishes as JSON', async () => {
  const movie = { title: 'Sunrise', year: 1927, ids: { imdb: 'tt0018455', tmdb: 631 } }
  const rows = await rowsOf(
    'trakt.json',
    JSON.stringify([
      { rated_at: '2020-05-05T20:00:00.000Z', rating: 7, movie },
      { watched_at: '2020-05-05T20:00:00.000Z', movie },
      { listed_at: '2019-05-05T20:00:00.000Z', movie: { ...movie, title: 'Tabu', ids: {} } },
    ]),
  )
  expect(rows.map(({ fact }) => fact.kind)).toEqual(['rating', 'viewing', 'watchlist'])
})

test('rows that cannot be read are left out with their line and reason, and the rest goes in', async () => {
  const content = await read(
    'ratings.csv',
    `${films},Rating\n2021-03-02,Sunrise,1927,x,4.5\n2021-03-02,,1927,x,4\n2021-02-30,M,1931,x,4\n2021-03-02,M,1931,x,4.2\n2021-03-02,"Broken" quote",1931,x,4,one,too,many\n2021-03-02,Tabu,year?,x,5\n`,
  )
  if (!content.ok) throw new Error(content.detail)
  expect(content.skipped.map(({ line, reason }) => [line, reason])).toEqual([
    [3, 'no-film'],
    [4, 'bad-date'],
    [5, 'bad-stars'],
  ])
  expect(content.rows.map(({ film }) => film.title)).toEqual(['Sunrise', '"Broken" quote"', 'Tabu'])
})

test('days that have not come yet, or were before films, are left out of the diary and the ratings', async () => {
  const diary = `${films},Rating,Rewatch,Tags,Watched Date`
  const content = await read(
    'diary.csv',
    `${diary}\n2026-11-22,Sunrise,1927,x,4,,,2026-11-22\n2026-11-21,Sunrise,1927,x,4,,,2030-06-02\n2026-11-21,Tabu,1931,x,,,,1850-01-01\n`,
  )
  if (!content.ok) throw new Error(content.detail)
  expect(content.skipped.map(({ line, reason, detail }) => [line, reason, detail])).toEqual([
    [3, 'bad-date', '2030-06-02'],
    [4, 'bad-date', '1850-01-01'],
  ])
  expect(new Set(content.rows.map(({ film }) => film.title))).toEqual(new Set(['Sunrise']))
})

test('text stays text: formulas, markup, other encodings and stray control characters', async () => {
  const csv = `${films},Rating,Rewatch,Review,Tags,Watched Date\n2021-03-01,Amélie,2001,x,4,,"'=HYPERLINK(""x"")<script>\u0007",,\n`
  const review = (await rowsOf('reviews.csv', csv)).find(({ fact }) => fact.kind === 'review')
  expect(review?.fact).toMatchObject({ body: '=HYPERLINK("x")<script>' })
  const latin = Buffer.from(`${films},Rating\n2021-03-02,Am\xe9lie,2001,x,4\n`, 'latin1')
  expect((await rowsOf('ratings.csv', latin))[0]?.film.title).toBe('Amélie')
  const wide = Buffer.from(`\uFEFF${films},Rating\n2021-03-02,Amélie,2001,x,4\n`, 'utf16le')
  expect((await rowsOf('ratings.csv', wide))[0]?.film.title).toBe('Amélie')
})

test('files that are no export end in a clear reason', async () => {
  const bomb = zip({ 'ratings.csv': `${films},Rating\n${'0'.repeat(3_000_000)}` })
  expect(bomb.length).toBeLessThan(10_000)
  const many = zip(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`lists/${at}.csv`, 'x'])))
  const good = zip({ 'ratings.csv': `${films},Rating\n2021-03-02,Sunrise,1927,x,4.5\n` })
  const damaged = Uint8Array.from(good)
  damaged.fill(0xff, 41, 80)
  for (const [name, bytes, reason] of [
    ['bomb.zip', bomb, 'too-big'],
    ['many.zip', many, 'too-big'],
    ['damaged.zip', damaged, 'bad-zip'],
    ['cut.zip', good.slice(0, 60), 'bad-zip'],
    ['empty.csv', new Uint8Array(), 'empty'],
    ['picture.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'not-text'],
    ['other.csv', 'a,b,c\n1,2,3\n', 'unknown-format'],
    ['broken.json', '[{"movie":', 'not-text'],
    ['object.json', '{"movies":[]}', 'unknown-format'],
    ['nothing.zip', zip({ 'notes.txt': 'x' }), 'unknown-format'],
  ] as const)
    expect(await read(name, bytes), name).toMatchObject({ ok: false, reason })
})

test('a file beyond the limit of rows gives its first ones', async () => {
  const lines = Array.from({ length: 30 }, (_, at) => `2021-03-02,Film ${at},1927,x,4`)
  const content = await read('ratings.csv', `${films},Rating\n${lines.join('\n')}\n`, { rows: 10 })
  expect(content).toMatchObject({ ok: true, skippedRows: 20 })
  expect(content.ok && content.rows).toHaveLength(10)
})

test('reviews that somebody likes are not taken for theirs', async () => {
  const content = await read(
    'letterboxd.zip',
    zip({
      'likes/films.csv': `${films}\n2021-03-01,Sunrise,1927,x\n`,
      'likes/reviews.csv': `${films},Review\n2021-03-01,M,1931,x,Somebody else wrote this\n`,
    }),
  )
  expect(content).toMatchObject({ ok: true, rows: [{ film: { title: 'Sunrise' } }], skippedRows: 0 })
})

test('a like of a rated film stays, though nobody says when it was seen', async () => {
  const rows = await rowsOf(
    'letterboxd.zip',
    zip({
      'ratings.csv': `${films},Rating\n2021-03-02,Sunrise,1927,x,4.5\n`,
      'watched.csv': `${films}\n2021-03-01,Sunrise,1927,x\n`,
      'likes/films.csv': `${films}\n2021-03-01,Sunrise,1927,x\n`,
    }),
  )
  expect(rows.map(({ fact }) => fact)).toMatchObject([
    { kind: 'rating', stars: 4.5 },
    { kind: 'viewing', watchedOn: null, liked: true },
  ])
})

test('lists are read though a profile or something damaged lies beside them', async () => {
  const rated = [{ rating: 8, rated_at: '2020-01-01T00:00:00Z', movie: { title: 'M', year: 1931 } }]
  const rows = await rowsOf(
    'trakt.zip',
    zip({
      'user-profile.json': '{"name":"somebody"}',
      'ratings-movies.json': JSON.stringify(rated),
      'zzz.json': '{',
    }),
  )
  expect(rows).toMatchObject([{ film: { title: 'M' }, fact: { kind: 'rating', stars: 4 } }])
})

test('a review without a viewing keeps the day it was written on', async () => {
  const [row] = await rowsOf(
    'reviews.csv',
    `${films},Rating,Rewatch,Review,Tags,Watched Date\n2021-03-01,M,1931,x,,,'＝ how it feels,,\n`,
  )
  expect(row?.fact).toMatchObject({ viewing: null, at: '2021-03-01T00:00:00Z', body: '＝ how it feels' })
})

test('a file of ours keeps two viewings of a day apart, and takes nothing that our own fields would not', async () => {
  const film = { title: 'M', year: 1931 }
  const seen = {
    kind: 'viewing',
    key: '2020-05-01',
    watchedOn: '2020-05-01',
    stars: null,
    liked: false,
    rewatch: false,
    tags: [],
    note: '',
    visibility: 'private',
  }
  const review = { kind: 'review', viewing: null, title: null, body: 'Whistled.', spoiler: false }
  const good = [seen, { ...seen, rewatch: true }, { ...review, at: '2020-05-02T10:00:00Z' }]
  const bad = [
    { ...seen, watchedOn: '2020-13-45' },
    { ...seen, stars: 3.7 },
    { ...seen, stars: 99 },
    { ...review, viewing: 'garbage' },
    { ...review, viewing: '0001-01-01' },
    { ...review, at: '2020-99-99T99:00' },
    { ...review, body: '\0' },
    { kind: 'rating', stars: 4, at: 'yesterday' },
    { kind: 'watchlist', at: '2020-02-31' },
  ]
  const rows = [...good, ...bad].map((fact) => ({ film, fact }))
  const nameless = { film: { title: ' ', year: 1931 }, fact: seen }
  const long = { film: { title: 'x'.repeat(9000), year: 1e9, imdb: 'y'.repeat(9000) }, fact: seen }
  const text = JSON.stringify({ format: 'marquee-community', rows: [...rows, nameless, long] })
  const content = await read('community.json', text)
  if (!content.ok) throw new Error(content.detail)
  expect(content.rows.slice(0, 3).map(({ fact }) => fact)).toEqual(good)
  expect(content.rows.slice(3)).toMatchObject([{ film: { title: 'x'.repeat(500), year: null } }])
  expect(content.rows[3]?.film.imdb).toBeUndefined()
  expect(content.skippedRows).toBe(bad.length + 1)
})

test('of an archive with something damaged in it the rest goes in', async () => {
  const content = await read(
    'letterboxd.zip',
    zip({
      'ratings.csv': `${films},Rating\n2021-03-02,Sunrise,1927,x,4.5\n`,
      'watchlist.csv': 'not\0text',
    }),
  )
  expect(content).toMatchObject({
    ok: true,
    rows: [{ film: { title: 'Sunrise' } }],
    skipped: [{ file: 'watchlist.csv', reason: 'bad-text' }],
    skippedRows: 1,
  })
  expect(await read('letterboxd.zip', zip({ 'watchlist.csv': 'not\0text' }))).toMatchObject({
    ok: false,
    reason: 'not-text',
  })
})

test('stars of a review without a viewing are a rating, unless a newer one is told', async () => {
  const header = `${films},Rating,Rewatch,Review,Tags,Watched Date`
  const review = `${header}\n2021-03-01,M,1931,x,4,,Whistling,,\n`
  const lone = await rowsOf('reviews.csv', review)
  expect(lone.map(({ fact }) => fact)).toMatchObject([
    { kind: 'rating', stars: 4, at: '2021-03-01T00:00:00Z' },
    { kind: 'review', body: 'Whistling' },
  ])
  const ratings = `${films},Rating\n2022-01-01,M,1931,x,5\n`
  const whole = await rowsOf('letterboxd.zip', zip({ 'reviews.csv': review, 'ratings.csv': ratings }))
  expect(whole.map(({ fact }) => fact)).toMatchObject([{ kind: 'rating', stars: 5 }, { kind: 'review' }])
})

test('a lone list of liked films is no watchlist', async () => {
  const rows = await rowsOf('films.csv', `${films}\n2021-03-01,Sunrise,1927,x\n`)
  expect(rows.map(({ fact }) => fact)).toMatchObject([{ kind: 'viewing', watchedOn: null, liked: true }])
})
