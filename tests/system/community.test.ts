import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import {
  type Account,
  buy,
  type House,
  made,
  newcomer,
  openHouse,
  password,
  until,
} from '../harness/house.ts'
import { type Marquee, startMarquee, topology } from '../harness/marquee.ts'

type Review = {
  id: string
  body: string
  spoiler: boolean
  stars: number | null
  likes: number
  comments: number
  status: string
  author: { handle: string } | null
  seenAt: { theaterName: string; on: string } | null
}
type Items<One> = { items: One[] }

let marquee: Marquee
let nobody: Ask
let admin: Ask
let owner: Account
let robin: Account
let kim: Account
let house: House
let movieId: string
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
  nobody = client(marquee.origin)
  admin = await person(marquee.origin, 'admin@marquee.example')
  owner = await newcomer(marquee.origin, 'owner')
  ;[robin, kim] = [await newcomer(marquee.origin, 'robin'), await newcomer(marquee.origin, 'kim')]
  movieId = (await made(admin('POST', '/api/movies', { body: { title: 'The Long Quay', year: 2024 } }))).id
  await until(async () => (await nobody('GET', `/api/movies/${movieId}/reviews`)).status === 200)
  house = await openHouse(owner, { movieId })
}, 120_000)
afterAll(() => marquee?.remove())

const read = async <Body>(path: string, who: Ask = nobody) => made<Body>(who('GET', path))
const listed = async () => (await read<Items<Review>>(`/api/movies/${movieId}/reviews`)).items
/** One process shows at once what was written, others a moment later. */
async function expectListed(expected: object[]): Promise<void> {
  const asExpected = async () => expect(await listed()).toMatchObject(expected)
  const isSo = () =>
    asExpected().then(
      () => true,
      () => false,
    )
  if (topology !== 'whole') await until(isSo).catch(() => {})
  await asExpected()
}
const handleOf = async (who: Ask) => (await read<{ handle: string }>('/api/me', who)).handle

it('a film is rated, reviewed, liked, commented on, reported, hidden and shown again', async () => {
  expect(await listed()).toEqual([])
  await made(robin('PUT', `/api/movies/${movieId}/rating`, { body: { stars: 4.5 } }))
  const review = await made<Review>(
    robin('POST', `/api/movies/${movieId}/reviews`, {
      body: { title: 'Salt', body: 'The ferry never comes.', spoiler: true },
    }),
  )
  // The list was cached a moment ago, and still shows what was written since.
  await expectListed([
    { id: review.id, spoiler: true, stars: 4.5, author: { handle: await handleOf(robin) } },
  ])
  const path = `/api/reviews/${review.id}`
  await made(kim('PUT', `${path}/like`))
  await made(kim('POST', `${path}/comments`, { body: { body: 'I waited, too.' } }))
  await expectListed([{ likes: 1, comments: 1 }])

  const { id: reportId } = await made(kim('POST', `${path}/reports`, { body: { reason: 'Tells the end' } }))
  const decide = (decision: 'keep' | 'hide') =>
    made(admin('POST', `/api/moderation/reports/${reportId}`, { body: { decision } }))
  const open = await read<Items<{ id: string; reports: number }>>('/api/moderation/reports', admin)
  expect(open.items).toMatchObject([{ id: reportId, reports: 1 }])
  await decide('hide')
  await expectListed([])
  expect((await nobody('GET', path)).status).toBe(404)
  expect((await kim('GET', `${path}/comments`)).status).toBe(404)
  expect(await read<Review>(path, robin)).toMatchObject({ status: 'hidden' })
  await decide('keep')
  await expectListed([{ id: review.id, likes: 1, comments: 1 }])
})

it('a changed rating is beside the review soon after', async () => {
  await made(robin('PUT', `/api/movies/${movieId}/rating`, { body: { stars: 3 } }))
  await until(async () => (await listed())[0]?.stars === 3, 10)
})

it('a text that is changed stands so on its writer’s page at once', async () => {
  const [review] = await listed()
  const page = `/people/${await handleOf(robin)}`
  const shown = async () => (await nobody('GET', page)).text
  expect(await shown()).toContain('The ferry never comes.')
  await made(robin('PATCH', `/api/reviews/${review?.id}`, { body: { title: 'Salt and rust' } }))
  await until(async () => (await shown()).includes('Salt and rust'))
})

it('an admitted ticket becomes a private viewing, which a rating gives its stars, and a review of it says where', async () => {
  const order = await buy(robin, house.showId)
  for (const { code } of order.tickets)
    expect(await made(owner('POST', '/api/check-in', { body: { code } }))).toMatchObject({
      result: 'admitted',
    })
  type Viewing = {
    id: string
    movie: { id: string }
    watchedOn: string
    visibility: string
    stars: number | null
  }
  const diary = async () => (await read<Items<Viewing>>('/api/diary', robin)).items
  await until(async () => (await diary()).length > 0)
  expect(await diary()).toMatchObject([
    {
      movie: { id: movieId },
      watchedOn: house.day,
      visibility: 'private',
      seenAt: { theaterName: 'Kino am Hafen', on: house.day },
    },
  ])
  await made(robin('PUT', `/api/movies/${movieId}/rating`, { body: { stars: 3.5 } }))
  await until(async () => (await diary())[0]?.stars === 3.5, 10)
  const about = { body: 'It came, after all.', diaryId: (await diary())[0]?.id }
  const review = await made(robin('POST', `/api/movies/${movieId}/reviews`, { body: about }))
  const there = { theaterName: 'Kino am Hafen', on: house.day }
  await expectListed([
    { body: 'The ferry never comes.', seenAt: null },
    { body: 'It came, after all.', seenAt: there },
  ])
  await made(robin('DELETE', `/api/reviews/${review.id}`))
  const shown = await read<Items<Viewing>>(`/api/people/${await handleOf(robin)}/diary`)
  expect(shown.items).toEqual([])
})

it('ids of others open nothing: viewings, comments, hidden things', async () => {
  const [review] = await listed()
  const viewing = await made(
    robin('POST', '/api/diary', { body: { movieId, visibility: 'private', note: 'Only mine.' } }),
  )
  const said = await made(
    robin('POST', `/api/reviews/${review?.id}/comments`, { body: { body: 'By Robin.' } }),
  )
  const about = { body: 'About theirs.', diaryId: viewing.id }
  expect((await kim('POST', `/api/movies/${movieId}/reviews`, { body: about })).status).toBe(422)
  expect((await kim('PATCH', `/api/diary/${viewing.id}`, { body: { note: 'Mine.' } })).status).toBe(403)
  expect((await kim('DELETE', `/api/diary/${viewing.id}`)).status).toBe(403)
  expect((await kim('PATCH', `/api/reviews/${review?.id}`, { body: { body: 'Mine.' } })).status).toBe(403)
  expect((await kim('DELETE', `/api/comments/${said.id}`)).status).toBe(403)
  const elsewhere = await made(kim('POST', `/api/movies/${movieId}/reviews`, { body: { body: 'Another.' } }))
  const report = { body: { reason: 'Not there', commentId: said.id } }
  expect((await kim('POST', `/api/reviews/${elsewhere.id}/reports`, report)).status).toBe(404)
  for (const path of ['diary', 'reviews', ''])
    expect((await kim('GET', `/api/people/${await handleOf(robin)}/${path}`)).text).not.toContain(
      'Only mine.',
    )
  await made(robin('DELETE', `/api/comments/${said.id}`))
  await made(kim('DELETE', `/api/reviews/${elsewhere.id}`))
  await made(robin('DELETE', `/api/diary/${viewing.id}`))
})

it('people follow each other and read what those they follow wrote', async () => {
  const handle = await handleOf(robin)
  await read(`/api/people/${handle}`)
  await made(kim('PUT', `/api/people/${handle}/follow`))
  // Of two gateways the other may hear a moment later that the page has changed.
  let profile = { followers: 0 }
  await until(async () => {
    profile = await read(`/api/people/${handle}`)
    return profile.followers === 1
  })
  expect(profile).toMatchObject({ followers: 1, reviews: 1, ratings: 1 })
  expect((await read<Items<Review>>('/api/feed', kim)).items).toMatchObject([{ author: { handle } }])
})

it('a new handle is where the profile is, and beside what was written', async () => {
  const handle = `robin_${process.pid}`
  await made(robin('PATCH', '/api/me', { body: { handle } }))
  await until(async () => (await nobody('GET', `/api/people/${handle}`)).status === 200)
  await until(async () => (await listed())[0]?.author?.handle === handle)
})

it('an erased person’s words stand without a name, and their profile is gone', async () => {
  const handle = await handleOf(robin)
  const [review] = await listed()
  const path = `/api/reviews/${review?.id}`
  await made(robin('POST', `${path}/comments`, { body: { body: 'So it goes.' } }))
  await made(robin('DELETE', '/api/me', { body: { password } }))
  await until(async () => (await nobody('GET', `/api/people/${handle}`)).status === 404)
  await until(async () => (await listed())[0]?.author === null)
  expect(await listed()).toMatchObject([
    { body: 'The ferry never comes.', author: null, seenAt: null, likes: 1, comments: 2 },
  ])
  expect((await read<Items<{ author: unknown; body: string }>>(`${path}/comments`)).items).toMatchObject([
    { body: 'I waited, too.', author: { name: 'kim' } },
    { body: 'So it goes.', author: null },
  ])
})
