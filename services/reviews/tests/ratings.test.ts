import { randomUUIDv7 } from 'node:crypto'
import { userErased } from '@marquee/contracts/identity'
import { movieChanged } from '@marquee/contracts/movies'
import { ratingsRecorded } from '@marquee/contracts/reviews'
import { anonymous, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Club, facts, openClub, showFilms } from './film-club.ts'

const unheard = { id: randomUUIDv7(), title: 'Metropolis', year: 1927 }
describe.each([
  { way: 'straight into the table', bursts: false },
  { way: 'through a queue', bursts: true },
])('ratings that go $way', ({ bursts }) => {
  let club: Club
  let movieId: string
  beforeEach(async () => {
    club = await openClub({ films: [unheard], bursts })
    movieId = (await showFilms(club, 1))[0] ?? ''
  })
  afterEach(() => club.stop())

  const rate = (who: ReturnType<typeof person>, stars: number, film = movieId) =>
    club.as(who).putRating({ movieId: film, stars })
  const settle = async () => {
    await club.processEvents()
    await club.runJob('settle-ratings')
  }
  const figures = (film = movieId) => club.as(anonymous).ratingFigures({ movieId: film })

  test('my stars count at once, and I read them back', async () => {
    const me = person()
    expect(await rate(me, 3.5)).toEqual({ stars: 3.5, average: 3.5, count: 1 })
    expect(await club.as(me).getRating({ movieId })).toEqual({ stars: 3.5, average: 3.5, count: 1 })
    expect(await club.as(person()).getRating({ movieId })).toEqual({ stars: null, average: null, count: 0 })
    expect(await club.asService().ratingOf({ userId: me.userId, movieId })).toEqual({ stars: 3.5 })
    expect(await club.asService().ratingOf({ userId: person().userId, movieId })).toEqual({ stars: null })
  })

  test('everybody sees the average, the count and the distribution once they are settled', async () => {
    for (const stars of [0.5, 4, 4, 5]) await rate(person(), stars)
    await settle()
    expect(await figures()).toEqual({ average: 3.375, count: 4, histogram: [1, 0, 0, 0, 0, 0, 0, 2, 0, 1] })
  })

  test('a rating changed before and after it was settled counts once', async () => {
    const me = person()
    await rate(person(), 2)
    await rate(me, 1)
    expect(await rate(me, 4)).toEqual({ stars: 4, average: 4, count: 1 })
    await settle()
    expect(await rate(me, 5)).toEqual({ stars: 5, average: 3.5, count: 2 })
    await settle()
    expect(await figures()).toMatchObject({ average: 3.5, count: 2 })
  })

  test('a rating taken back counts no more, and may be given again', async () => {
    const me = person()
    await rate(person(), 2)
    await rate(me, 4)
    await settle()
    await club.as(me).deleteRating({ movieId })
    expect(await club.as(me).getRating({ movieId })).toEqual({ stars: null, average: 2, count: 1 })
    await settle()
    expect(await figures()).toMatchObject({ average: 2, count: 1 })
    expect(await rate(me, 3)).toEqual({ stars: 3, average: 2.5, count: 2 })
  })

  test('of a hundred changes of mind at once the last one stands, and each is answered', async () => {
    const me = person()
    const given = Array.from({ length: 100 }, (_, at) => ((at * 7) % 10) / 2 + 0.5)
    const answers = await Promise.all(given.map((stars) => rate(me, stars)))
    expect(answers.map(({ stars }) => stars)).toEqual(given)
    expect(answers.every(({ count }) => count === 1)).toBe(true)
    expect(await club.as(me).getRating({ movieId })).toMatchObject({ stars: given.at(-1) })
  })

  test('many people rate many films at the same time', async () => {
    const films = await showFilms(club, 5)
    const people = Array.from({ length: 40 }, () => person())
    await Promise.all(people.flatMap((who) => films.map((film) => rate(who, 4, film))))
    await settle()
    for (const film of films) expect(await figures(film)).toMatchObject({ average: 4, count: 40 })
  })

  test('a film nobody told of yet is asked for once and can be rated', async () => {
    expect(await rate(person(), 5, unheard.id)).toMatchObject({ count: 1 })
    expect(await figures(unheard.id)).toMatchObject({ count: 0 })
  })

  test('there is nothing to rate at an unknown or a removed film', async () => {
    const nowhere = await club.as(person()).attempt.putRating({ movieId: randomUUIDv7(), stars: 3 })
    expect(nowhere).toMatchObject({ ok: false, code: 'not-found' })
    await club.deliver(movieChanged, { ...facts(movieId, 'Sunrise', 2), deleted: true })
    expect(await club.as(person()).attempt.putRating({ movieId, stars: 3 })).toMatchObject({
      code: 'not-found',
    })
    expect(await club.as(anonymous).attempt.ratingFigures({ movieId })).toMatchObject({ code: 'not-found' })
  })

  test('only half and whole stars from half a star to five', async () => {
    for (const stars of [0, 0.25, 5.5, -1, Number.NaN])
      expect(await club.as(person()).attempt.putRating({ movieId, stars })).toMatchObject({
        code: 'invalid-input',
      })
    expect(await club.as(anonymous).attempt.putRating({ movieId, stars: 3 })).toMatchObject({
      code: 'unauthenticated',
    })
  })

  test('what was settled is announced with the films’ whole figures', async () => {
    const me = person()
    await rate(me, 4)
    await rate(me, 4.5)
    await settle()
    await settle()
    await club.as(me).deleteRating({ movieId })
    await settle()
    const events = await club.published(ratingsRecorded)
    expect(events).toMatchObject([
      {
        films: [{ movieId, version: 1, count: 1, sum: 9, histogram: [0, 0, 0, 0, 0, 0, 0, 0, 1, 0] }],
        changes: [{ userId: me.userId, movieId, stars: 4.5 }],
      },
      {
        films: [{ movieId, version: 2, count: 0, sum: 0 }],
        changes: [{ userId: me.userId, movieId, stars: null }],
      },
    ])
    const [first, second] = events.map(({ changes }) => (changes as { sequence: number }[])[0]?.sequence ?? 0)
    expect(second).toBeGreaterThan(first ?? 0)
  })

  test('a thousand ratings are announced at most 500 at a time, each once', async () => {
    const [film = ''] = await showFilms(club, 1)
    const people = Array.from({ length: 1100 }, () => person())
    await Promise.all(people.map((who) => rate(who, 4, film)))
    await settle()
    const events = await club.published(ratingsRecorded)
    const changes = events.flatMap((event) => event.changes as { userId: string }[])
    expect(events.every((event) => (event.changes as unknown[]).length <= 500)).toBe(true)
    expect(new Set(changes.map(({ userId }) => userId)).size).toBe(1100)
    expect(changes).toHaveLength(1100)
    expect(await figures(film)).toMatchObject({ count: 1100 })
  })

  test('an erased person’s ratings are taken back, and none of theirs comes later', async () => {
    const me = person()
    const [other = ''] = await showFilms(club, 1)
    await rate(me, 5)
    await rate(person(), 2)
    await settle()
    await rate(me, 4.5)
    await club.deliver(userErased, { userId: me.userId })
    // Their last access token still works for a moment.
    await rate(me, 5)
    await rate(me, 5, other)
    await settle()
    expect(await figures()).toMatchObject({ average: 2, count: 1 })
    expect(await figures(other)).toMatchObject({ average: null, count: 0 })
    expect(await club.as(me).getRating({ movieId })).toMatchObject({ stars: null })
  })
})
