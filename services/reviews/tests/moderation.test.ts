import { userErased } from '@marquee/contracts/identity'
import { ratingsRecorded, reviewCommented } from '@marquee/contracts/reviews'
import { admin, anonymous } from '@marquee/kit/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Club, openClub, showFilms } from './film-club.ts'
import { join, type Member } from './talk.ts'

let club: Club
let movieId: string
let robin: Member
let kim: Member
beforeAll(async () => {
  club = await openClub()
})
afterAll(() => club.stop())
beforeEach(async () => {
  const [film] = await showFilms(club, 1)
  movieId = film ?? ''
  robin = await join(club, 'Robin')
  kim = await join(club, 'Kim')
})
const everybody = () => club.as(anonymous)
const moderator = () => club.as(admin())
const erase = (member: Member) =>
  club.deliver(userErased, { userId: member.userId }, { key: member.userId, version: 9 })
const open = async (reviewId: string) =>
  (await moderator().listReports({ limit: 100 })).items.filter(({ review }) => review.id === reviewId)

test('a text is reported once by a person, and stands in one line with everybody’s reasons', async () => {
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Rude.' })
  const ada = await join(club, 'Ada')
  const first = await kim.reportReview({ reviewId, reason: 'Rude' })
  expect(await kim.reportReview({ reviewId, reason: 'Really rude' })).toEqual(first)
  expect(await ada.reportReview({ reviewId, reason: 'Gives the end away' })).toEqual(first)
  expect(await open(reviewId)).toMatchObject([
    {
      id: first.id,
      status: 'open',
      review: { body: 'Rude.', author: { name: 'Robin' } },
      comment: null,
      reasons: [{ reason: 'Gives the end away' }, { reason: 'Rude' }],
      reports: 2,
      decidedAt: null,
    },
  ])
  expect(await kim.attempt.listReports()).toMatchObject({ status: 403 })
  expect(await kim.attempt.decideReport({ reportId: first.id, decision: 'hide' })).toMatchObject({
    status: 403,
  })
})

test('reports are listed most reported first', async () => {
  const counts = [1, 3, 2]
  for (const count of counts) {
    const writer = await join(club)
    const { id: reviewId } = await writer.createReview({ movieId, body: `${count}` })
    for (let at = 0; at < count; at += 1) await (await join(club)).reportReview({ reviewId, reason: 'Rude' })
  }
  const listed = (await moderator().listReports({ limit: 100 })).items
  expect(listed.filter(({ review }) => review.movieId === movieId).map(({ reports }) => reports)).toEqual([
    3, 2, 1,
  ])
})

test('a hidden review is gone for others, marked for its writer, and back when it is decided again', async () => {
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Rude.' })
  await kim.createComment({ reviewId, body: 'Indeed.' })
  const { id: reportId } = await kim.reportReview({ reviewId, reason: 'Rude' })
  const hidden = await moderator().decideReport({ reportId, decision: 'hide' })
  expect(hidden).toMatchObject({ status: 'hidden', review: { status: 'hidden' } })
  expect(hidden.decidedAt).not.toBeNull()

  for (const reader of [everybody(), kim]) {
    expect(await reader.attempt.getReview({ reviewId })).toMatchObject({ status: 404 })
    expect(await reader.attempt.listComments({ reviewId })).toMatchObject({ status: 404 })
    expect((await reader.listReviews({ movieId })).items).toEqual([])
    expect((await reader.listPersonReviews({ handle: robin.handle })).items).toEqual([])
  }
  for (const attempt of [
    kim.attempt.createComment({ reviewId, body: 'More.' }),
    kim.attempt.likeReview({ reviewId }),
    kim.attempt.reportReview({ reviewId, reason: 'Still' }),
    kim.attempt.updateReview({ reviewId, body: 'Mine' }),
    kim.attempt.deleteReview({ reviewId }),
  ])
    expect(await attempt).toMatchObject({ status: 404 })
  expect(await everybody().getProfile({ handle: robin.handle })).toMatchObject({ reviews: 0 })
  expect(await robin.getReview({ reviewId })).toMatchObject({ status: 'hidden' })
  expect((await robin.myPartOfMovie({ movieId })).reviews).toMatchObject([{ status: 'hidden' }])
  expect((await robin.listPersonReviews({ handle: robin.handle })).items).toMatchObject([
    { status: 'hidden' },
  ])
  expect(await open(reviewId)).toEqual([])

  await moderator().decideReport({ reportId, decision: 'keep' })
  expect(await everybody().getReview({ reviewId })).toMatchObject({ status: 'published', comments: 1 })
  expect((await everybody().listReviews({ movieId })).items).toHaveLength(1)
  expect(await everybody().getProfile({ handle: robin.handle })).toMatchObject({ reviews: 1 })
  await (await join(club)).reportReview({ reviewId, reason: 'Now as well' })
  expect(await open(reviewId)).toMatchObject([{ status: 'open', reports: 2 }])
})

test('a hidden comment is gone from thread and count, and marked for its writer', async () => {
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Good.' })
  await robin.createComment({ reviewId, body: 'One' })
  const { id: commentId } = await kim.createComment({ reviewId, body: 'Two' })
  await robin.createComment({ reviewId, body: 'Three' })
  const { id: reportId } = await robin.reportReview({ reviewId, commentId, reason: 'Spam' })
  expect(await open(reviewId)).toMatchObject([{ comment: { body: 'Two', author: { name: 'Kim' } } }])
  await moderator().decideReport({ reportId, decision: 'hide' })
  const read = async (reader: Pick<Member, 'listComments'>) =>
    (await reader.listComments({ reviewId })).items.map(({ body, status }) => `${body} ${status}`)
  expect(await read(everybody())).toEqual(['One published', 'Three published'])
  expect(await read(robin)).toEqual(['One published', 'Three published'])
  expect(await read(kim)).toEqual(['One published', 'Two hidden', 'Three published'])
  expect(await everybody().getReview({ reviewId })).toMatchObject({ comments: 2 })
  expect(await kim.listComments({ reviewId, limit: 2 })).toMatchObject({ items: [{}, { status: 'hidden' }] })
  await moderator().decideReport({ reportId, decision: 'keep' })
  expect(await everybody().getReview({ reviewId })).toMatchObject({ comments: 3 })
  const other = await robin.createReview({ movieId: (await showFilms(club, 1))[0] ?? '', body: 'Else.' })
  expect(await kim.attempt.reportReview({ reviewId: other.id, commentId, reason: 'No' })).toMatchObject({
    status: 404,
  })
})

test('a removed text leaves the moderators’ list', async () => {
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Rude.' })
  const { id: commentId } = await kim.createComment({ reviewId, body: 'Ruder.' })
  await kim.reportReview({ reviewId, reason: 'Rude' })
  const { id: reportId } = await robin.reportReview({ reviewId, commentId, reason: 'Ruder' })
  await kim.deleteComment({ commentId })
  expect(await open(reviewId)).toHaveLength(1)
  expect(await moderator().attempt.decideReport({ reportId, decision: 'hide' })).toMatchObject({
    status: 404,
  })
  await moderator().deleteReview({ reviewId })
  expect(await open(reviewId)).toEqual([])
})

test('the writer of a review is told of others’ comments, not of their own', async () => {
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Good.' })
  await robin.createComment({ reviewId, body: 'By me.' })
  const { id: commentId } = await kim.createComment({ reviewId, body: 'Well.' })
  const told = (await club.published(reviewCommented)).filter((payload) => payload.reviewId === reviewId)
  expect(told).toEqual([
    {
      commentId,
      reviewId,
      movieId,
      movieTitle: 'Film 0',
      userId: robin.userId,
      commenterId: kim.userId,
      commenterName: 'Kim',
    },
  ])
})

test('the stars beside a review are its writer’s rating, whichever came first', async () => {
  await robin.putRating({ movieId, stars: 2 })
  const { id: reviewId, stars } = await robin.createReview({ movieId, body: 'Good.' })
  expect(stars).toBe(2)
  await robin.putRating({ movieId, stars: 4.5 })
  await club.runJob('settle-ratings')
  await club.processEvents()
  expect((await everybody().getReview({ reviewId })).stars).toBe(4.5)
  await robin.deleteRating({ movieId })
  await club.runJob('settle-ratings')
  await club.processEvents()
  expect((await everybody().getReview({ reviewId })).stars).toBeNull()
  const late = { userId: robin.userId, movieId, stars: 5, sequence: 1 }
  await club.deliver(ratingsRecorded, { films: [], changes: [late] })
  expect((await everybody().getReview({ reviewId })).stars).toBeNull()
})

test('an erased person’s words stand without a name; their likes and reports go', async () => {
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Good.' })
  const { id: other } = await kim.createReview({ movieId, body: 'Fine.' })
  await kim.createComment({ reviewId, body: 'Indeed.' })
  await robin.createComment({ reviewId, body: 'Thanks.' })
  await kim.likeReview({ reviewId })
  await kim.reportReview({ reviewId, reason: 'Mine' })
  await erase(kim)
  expect(await everybody().getReview({ reviewId: other })).toMatchObject({ author: null, body: 'Fine.' })
  expect((await everybody().listComments({ reviewId })).items).toMatchObject([
    { author: null, body: 'Indeed.' },
    { author: { name: 'Robin' }, body: 'Thanks.' },
  ])
  expect(await everybody().getReview({ reviewId })).toMatchObject({ likes: 0, comments: 2 })
  expect(await open(reviewId)).toEqual([])
  const kept = await club.db.query(
    `select id from documents_reviews where data::text like $1 union all
     select id from documents_comments where data::text like $1 union all
     select id from documents_likes where data::text like $1 union all
     select id from documents_reports where data::text like $1`,
    [`%${kim.userId}%`],
  )
  expect(kept.rows).toEqual([])
})

test('texts come back as they were given, whatever they hold', async () => {
  const hostile = [
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '=HYPERLINK("https://example.org";"click")',
    '\u202eecila\u202c and \u200bzero\u200d width',
    'é é 👩‍🚀 \u{1F3AC}',
    'x'.repeat(5000),
    'one\ntwo\r\n\tthree',
    '{{7*7}} <%= 1 %> %00 &amp; \\u0000',
  ]
  for (const body of hostile) {
    const writer = await join(club)
    const { id: reviewId } = await writer.createReview({
      movieId,
      title: body.slice(0, 100).split(/[\r\n]/)[0] ?? '',
      body,
    })
    expect((await everybody().getReview({ reviewId })).body).toBe(body)
    const comment = await writer.createComment({ reviewId, body: body.slice(0, 2000) })
    expect(comment.body).toBe(body.slice(0, 2000))
    const { id } = await writer.createDiaryEntry({
      movieId,
      note: body.slice(0, 2000),
      tags: [body.slice(0, 20).trim()],
    })
    expect((await writer.listDiary()).items).toMatchObject([{ id, note: body.slice(0, 2000) }])
  }
  expect(await robin.attempt.createReview({ movieId, body: 'half \ud83d a face' })).toMatchObject({
    status: 422,
  })
})
