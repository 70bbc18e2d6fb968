import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { Belonging } from '../belongings-view.ts'
import { letterboxdZip } from './letterboxd.ts'

const of = (movieId: string, fact: Belonging['fact'], title = movieId): Belonging => ({
  movieId,
  film: { title, year: 1999 },
  genres: [],
  on: '2021-03-01',
  fact,
})
const rating = (stars: number) => ({ kind: 'rating' as const, stars, at: '2021-03-01T00:00:00Z' })
const seen = (watchedOn: string, tags: string[] = []) => ({
  kind: 'viewing' as const,
  key: watchedOn,
  watchedOn,
  stars: null,
  liked: false,
  rewatch: false,
  tags,
  note: '',
  visibility: 'public' as const,
})
const review = (viewing: string | null) => ({
  kind: 'review' as const,
  viewing,
  title: null,
  body: 'Good.',
  spoiler: false,
})
const linesOf = (rows: Belonging[], name: string) =>
  Buffer.from(unzipSync(letterboxdZip(rows))[name] ?? [])
    .toString()
    .trim()
    .split('\r\n')
    .slice(1)

test('two films of one name and year keep their own stars and evenings', () => {
  const rows = [
    of('one', rating(2), 'Hamlet'),
    of('other', rating(5), 'Hamlet'),
    of('one', seen('2021-02-28', ['stage']), 'Hamlet'),
    of('other', seen('2021-02-28'), 'Hamlet'),
    of('one', review('2021-02-28'), 'Hamlet'),
    of('other', review('2021-02-28'), 'Hamlet'),
  ]
  expect(linesOf(rows, 'reviews.csv')).toEqual([
    '2021-03-01,Hamlet,1999,,2,,Good.,stage,2021-02-28',
    '2021-03-01,Hamlet,1999,,5,,Good.,,2021-02-28',
  ])
  expect(linesOf(rows, 'watched.csv')).toHaveLength(2)
})

test('a text of several lines is one cell', () => {
  const rows = [of('one', { ...review(null), title: 'Trams', body: 'Ding.' })]
  expect(linesOf(rows, 'reviews.csv')).toEqual(['2021-03-01,one,1999,,,,"Trams\n\nDing.",,'])
})

test('each review looks for its own evening only, however many there are', () => {
  let looks = 0
  const film = (title: string) => ({
    get title() {
      looks += 1
      return title
    },
    year: 1999,
  })
  const titles = Array.from({ length: 300 }, (_, at) => `Film ${at}`)
  const rows = titles.flatMap((title) =>
    [seen('2021-02-28'), review('2021-02-28')].map((fact) => ({ ...of(title, fact), film: film(title) })),
  )
  expect(linesOf(rows, 'reviews.csv')).toHaveLength(300)
  expect(looks).toBeLessThan(300 * 10)
})
