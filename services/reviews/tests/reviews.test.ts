import { randomUUIDv7 } from 'node:crypto'
import { userUpdated } from '@marquee/contracts/identity'
import { reviewPublished } from '@marquee/contracts/reviews'
import { anonymous, countQueries } from '@marquee/kit/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Club, openClub, showFilms } from './film-club.ts'
import { anyTable, join, wholeList } from './talk.ts'

let club: Club
let movieId: string
let hours = 0
beforeAll(async () => {
  club = await openClub({ clock: { now: () => Temporal.Now.instant().add({ hours }) } })
})
afterAll(() => club.stop())
beforeEach(async () => {
  const [film] = await showFilms(club, 1)
  movieId = film ?? ''
})
const everybody = () => club.as(anonymous)
const bodies = (page: { items: { body: string }[] }) => page.items.map(({ body }) => body)

test('a review is read by everybody as it was written, and told of once', async () => {
  const robin = await join(club, 'Robin')
  const written = await robin.createReview({ movieId, title: 'At sea', body: 'One.\n\nTwo.', spoiler: true })
  expect(written).toMatchObject({
    movieId,
    movieTitle: 'Film 0',
    author: { userId: robin.userId, handle: robin.handle, name: 'Robin' },
    title: 'At sea',
    body: 'One.\n\nTwo.',
    spoiler: true,
    stars: null,
    likes: 0,
    comments: 0,
    seenAt: null,
    status: 'published',
    editedAt: null,
    version: 1,
  })
  expect(await everybody().getReview({ reviewId: written.id })).toEqual(written)
  expect(await everybody().listReviews({ movieId })).toEqual({ items: [written], nextCursor: null })
  const told = (await club.published(reviewPublished)).filter(({ reviewId }) => reviewId === written.id)
  expect(told).toEqual([{ reviewId: written.id, movieId, userId: robin.userId, version: 1 }])
})

test('a film is reviewed once by a person, and once for each viewing in their diary', async () => {
  const robin = await join(club)
  const first = await robin.createReview({ movieId, body: 'Good.' })
  expect(await robin.attempt.createReview({ movieId, body: 'Still good.' })).toMatchObject({
    status: 409,
    code: 'already-reviewed',
    problem: { reviewId: first.id },
  })
  const viewing = await robin.createDiaryEntry({ movieId, watchedOn: '2026-02-03' })
  const second = await robin.createReview({ movieId, body: 'Again.', diaryId: viewing.id })
  expect(
    await robin.attempt.createReview({ movieId, body: 'And again.', diaryId: viewing.id }),
  ).toMatchObject({
    code: 'already-reviewed',
    problem: { reviewId: second.id },
  })
  const other = await join(club)
  expect(await other.attempt.createReview({ movieId, body: 'Mine.', diaryId: viewing.id })).toMatchObject({
    status: 422,
    problem: { errors: [{ path: 'diaryId' }] },
  })
  expect((await other.createReview({ movieId, body: 'Mine.' })).body).toBe('Mine.')
})

test('many clicks at once publish one review', async () => {
  const robin = await join(club)
  const attempts = await Promise.all(
    Array.from({ length: 10 }, () => robin.attempt.createReview({ movieId, body: 'Good.' })),
  )
  expect(attempts.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await everybody().listReviews({ movieId })).items).toHaveLength(1)
})

test('a request sent again with its key gives the same review, with another text it is refused', async () => {
  const robin = await join(club)
  const options = { idempotencyKey: 'a-key-of-sixteen-or-more' }
  const send = (body: string) => robin.attempt.createReview({ movieId, body }, options)
  const first = await send('Good.')
  if (!first.ok) throw new Error('was refused')
  expect(await send('Good.')).toEqual(first)
  expect(await send('Bad.')).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
  const [another = ''] = await showFilms(club, 1)
  expect(await robin.attempt.createReview({ movieId: another, body: 'Good.' }, options)).toMatchObject({
    code: 'idempotency-key-reused',
  })
  const fresh = await join(club)
  const together = await Promise.all(
    Array.from({ length: 6 }, () => fresh.createReview({ movieId, body: 'Fine.' }, options)),
  )
  expect(new Set(together.map(({ id }) => id)).size).toBe(1)
})

test('a review of a film nobody knows is not taken, and the film has no list', async () => {
  const robin = await join(club)
  const unknown = { movieId: randomUUIDv7() }
  expect(await robin.attempt.createReview({ ...unknown, body: 'Good.' })).toMatchObject({ status: 404 })
  expect(await everybody().attempt.listReviews(unknown)).toMatchObject({ status: 404 })
  expect(await everybody().attempt.getReview({ reviewId: randomUUIDv7() })).toMatchObject({ status: 404 })
})

test('lists are sorted by time, likes and stars, and page without losing or repeating any', async () => {
  const stars = [3, 5, null, 0.5, 4]
  const fans = [1, 0, 3, 0, 2]
  for (const [at, given] of stars.entries()) {
    const writer = await join(club)
    if (given !== null) await writer.putRating({ movieId, stars: given })
    const { id } = await writer.createReview({ movieId, body: `${at}` })
    for (let count = fans[at] ?? 0; count > 0; count -= 1)
      await (await join(club)).likeReview({ reviewId: id })
  }
  const list = async (sort: 'newest' | 'helpful' | 'highest' | 'lowest') =>
    bodies({
      items: await wholeList((cursor) => everybody().listReviews({ movieId, sort, limit: 2, ...cursor })),
    })
  expect(await list('newest')).toEqual(['4', '3', '2', '1', '0'])
  expect(await list('helpful')).toEqual(['2', '4', '0', '3', '1'])
  expect(await list('highest')).toEqual(['1', '4', '0', '3', '2'])
  expect(await list('lowest')).toEqual(['3', '0', '4', '1', '2'])
  const { nextCursor } = await everybody().listReviews({ movieId, sort: 'newest', limit: 2 })
  for (const cursor of ['x', nextCursor ?? ''])
    expect(await everybody().attempt.listReviews({ movieId, sort: 'helpful', cursor })).toMatchObject({
      status: 422,
    })
})

test('only the writer changes a review, and two windows do not overwrite each other', async () => {
  const robin = await join(club)
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Good.' })
  await (await join(club)).likeReview({ reviewId })
  const change = (body: string) =>
    robin.attempt.updateReview({ reviewId, body }, { headers: { 'if-match': '"1"' } })
  expect(await change('Better.')).toMatchObject({
    ok: true,
    value: { body: 'Better.', version: 2, likes: 1 },
  })
  expect(await change('Worse.')).toMatchObject({ status: 412, code: 'version-mismatch' })
  const { editedAt } = await everybody().getReview({ reviewId })
  expect(editedAt).not.toBeNull()
  const other = await join(club)
  expect(await other.attempt.updateReview({ reviewId, body: 'Mine.' })).toMatchObject({ status: 403 })
  expect(await other.attempt.deleteReview({ reviewId })).toMatchObject({ status: 403 })
})

test('likes count once a person, exactly, however many come together', async () => {
  const writer = await join(club)
  const { id: reviewId } = await writer.createReview({ movieId, body: 'Good.' })
  const fans = await Promise.all(Array.from({ length: 25 }, () => join(club)))
  await Promise.all(fans.flatMap((fan) => [fan.likeReview({ reviewId }), fan.likeReview({ reviewId })]))
  expect((await everybody().getReview({ reviewId })).likes).toBe(25)
  await Promise.all(fans.slice(0, 10).map((fan) => fan.unlikeReview({ reviewId })))
  await fans[0]?.unlikeReview({ reviewId })
  expect((await everybody().getReview({ reviewId })).likes).toBe(15)
  expect(await fans[20]?.myPartOfMovie({ movieId })).toEqual({ reviews: [], liked: [reviewId] })
  expect(await fans[0]?.myPartOfMovie({ movieId })).toEqual({ reviews: [], liked: [] })
})

test('comments are read oldest first, and a removed review takes them along', async () => {
  const writer = await join(club, 'Robin')
  const guest = await join(club, 'Kim')
  const { id: reviewId } = await writer.createReview({ movieId, body: 'Good.' })
  for (const body of ['One', 'Two', 'Three', 'Four', 'Five']) await guest.createComment({ reviewId, body })
  const read = () => wholeList((cursor) => everybody().listComments({ reviewId, limit: 2, ...cursor }))
  expect((await read()).map(({ body }) => body)).toEqual(['One', 'Two', 'Three', 'Four', 'Five'])
  expect((await everybody().getReview({ reviewId })).comments).toBe(5)
  const [first] = await read()
  const commentId = first?.id ?? ''
  expect(await writer.attempt.deleteComment({ commentId })).toMatchObject({ status: 403 })
  await guest.deleteComment({ commentId })
  expect((await everybody().getReview({ reviewId })).comments).toBe(4)
  await writer.deleteReview({ reviewId })
  expect(await everybody().attempt.listComments({ reviewId })).toMatchObject({ status: 404 })
  expect(await guest.attempt.deleteComment({ commentId: (await last(guest)).id })).toMatchObject({
    status: 404,
  })
  expect(await everybody().listReviews({ movieId })).toEqual({ items: [], nextCursor: null })

  async function last(who: typeof guest) {
    const again = await writer.createReview({ movieId, body: 'Once more.' })
    const comment = await who.createComment({ reviewId: again.id, body: 'Well.' })
    await writer.deleteReview({ reviewId: again.id })
    return comment
  }
})

test('a comment sent again with its key is one comment', async () => {
  const writer = await join(club)
  const { id: reviewId } = await writer.createReview({ movieId, body: 'Good.' })
  const options = { idempotencyKey: 'a-key-of-sixteen-or-more' }
  const sent = await Promise.all(
    Array.from({ length: 6 }, () => writer.createComment({ reviewId, body: 'Well.' }, options)),
  )
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
  expect(await everybody().getReview({ reviewId })).toMatchObject({ comments: 1 })
  const [another = ''] = await showFilms(club, 1)
  const other = await writer.createReview({ movieId: another, body: 'Good.' })
  for (const wish of [
    { reviewId, body: 'Else.' },
    { reviewId: other.id, body: 'Well.' },
  ])
    expect(await writer.attempt.createComment(wish, options)).toMatchObject({
      code: 'idempotency-key-reused',
    })
})

test('a key may be used for something else a day later', async () => {
  const writer = await join(club)
  const { id: reviewId } = await writer.createReview({ movieId, body: 'Good.' })
  const options = { idempotencyKey: 'a-key-of-sixteen-or-more' }
  const first = await writer.createComment({ reviewId, body: 'Well.' }, options)
  hours = 25
  const second = await writer.createComment({ reviewId, body: 'Else.' }, options)
  hours = 0
  expect(second.id).not.toBe(first.id)
  expect((await everybody().listComments({ reviewId })).items.map(({ body }) => body)).toEqual([
    'Well.',
    'Else.',
  ])
})

test('a list of reviews or comments asks the database as often for twenty as for one', async () => {
  const writers = await Promise.all(Array.from({ length: 20 }, () => join(club)))
  const [first, ...others] = writers
  const review = await first?.createReview({ movieId, body: 'Good.' })
  const reviewId = review?.id ?? ''
  await first?.createComment({ reviewId, body: 'Well.' })
  const lists = () =>
    Promise.all([everybody().listReviews({ movieId }), everybody().listComments({ reviewId })])
  const one = await countQueries(anyTable, lists)
  for (const writer of others) {
    await writer.createReview({ movieId, body: 'Good.' })
    await writer.createComment({ reviewId, body: 'Well.' })
  }
  expect(await countQueries(anyTable, lists)).toBe(one)
  expect(one).toBe(6)
})

test('a writer who takes another name has it beside old reviews', async () => {
  const robin = await join(club, 'Robin')
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Good.' })
  const told = { userId: robin.userId, name: 'Robin Hood', handle: `${robin.handle}_hood` }
  await club.deliver(userUpdated, told, { key: robin.userId, version: 2 })
  expect((await everybody().getReview({ reviewId })).author).toEqual(told)
})
