import { advanceClock } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openService } from '../harness/advance.ts'
import { type Ask, client, person } from '../harness/client.ts'
import { type Account, buy, made, newcomer, openHouse, until } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'

type Picks = { source: string; items: { id: string; title: string }[] }
type Notices = { items: { id: string; kind: string; title: string; link: string }[]; unread: number }

let marquee: Marquee
let nobody: Ask
let owner: Ask
let robin: Account
let films: { id: string }[]
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off', RECOMMENDATIONS_REST_SECONDS: '0' })
  nobody = client(marquee.origin)
  owner = await person(marquee.origin, 'owner@marquee.example')
  robin = await newcomer(marquee.origin, 'robin')
  // Of films that came today nobody of the demo has an opinion.
  const admin = await person(marquee.origin, 'admin@marquee.example')
  films = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      made(admin('POST', '/api/movies', { body: { title: `A film that came today, part ${at + 1}` } })),
    ),
  )
}, 120_000)
afterAll(() => marquee?.remove())

const picksOf = (who: Ask, limit = 3) => made<Picks>(who('GET', `/api/recommendations?limit=${limit}`))
const noticesOf = (who: Ask) => made<Notices>(who('GET', '/api/notifications'))
/** Three hours, once the house has noted that somebody was there. */
async function theEveningPasses(userId: string): Promise<void> {
  const db = openService(marquee, 'notifications')
  const asked = () =>
    db.query("select from notifications where kind = 'rate-film' and user_id = $1", [userId])
  await until(async () => (await asked()).rowCount > 0)
  await advanceClock(db, { hours: 3 })
  await db.close()
}
const rate = (who: Ask, film: { id: string } | undefined) =>
  made(who('PUT', `/api/movies/${film?.id}/rating`, { body: { stars: 5 } }))

it('strangers see what is trending', async () => {
  const trending = await made<Picks>(nobody('GET', '/api/movies/trending?limit=3'))
  expect(await picksOf(nobody)).toEqual({ source: 'trending', items: trending.items })
})

it('what others rated beside my films is picked for me soon after', async () => {
  for (const name of ['kim', 'sam', 'lou']) {
    const one = await newcomer(marquee.origin, name)
    for (const film of films.slice(0, 4)) await rate(one, film)
  }
  await rate(robin, films[0])
  const expected = films.slice(1, 4).map(({ id }) => id)
  await until(async () => {
    const { source, items } = await picksOf(robin)
    return source === 'personal' && items.every(({ id }) => expected.includes(id))
    // Everybody's ratings are weighed anew for it, which a busy machine does in its own time.
  }, 50)
}, 60_000)

it('a film of my watchlist that comes to a theater is told, and an evening there asks for stars', async () => {
  // Who has rated a film is not asked for stars.
  const film = films.at(-1)
  await made(robin('PUT', `/api/watchlist/${film?.id}`))
  const house = await openHouse(owner, { movieId: film?.id ?? '' })
  await until(async () => (await noticesOf(robin)).items.some(({ kind }) => kind === 'show-nearby'))
  const { tickets } = await buy(robin, house.showId)
  for (const { code } of tickets) await made(owner('POST', '/api/check-in', { body: { code } }))
  await theEveningPasses(robin.id)
  // The order is told with its mail, which goes out in its own time.
  for (const expected of ['order-confirmed', 'rate-film'])
    await until(async () => (await noticesOf(robin)).items.some(({ kind }) => kind === expected))
  const { items, unread } = await noticesOf(robin)
  expect(items.filter(({ kind }) => kind === 'rate-film')).toMatchObject([{ link: `/films/${film?.id}` }])
  const all = (await made<Notices>(robin('GET', '/api/notifications?limit=100'))).items
  expect(unread).toBe(all.length)
  await made(robin('POST', '/api/notifications/read-all'))
  expect((await noticesOf(robin)).unread).toBe(0)
})

it('nobody reads another’s notices or sees another’s list and home', async () => {
  const [notice] = (await noticesOf(robin)).items
  const stranger = await newcomer(marquee.origin, 'stranger')
  expect((await stranger('PUT', `/api/notifications/${notice?.id}/read`)).status).toBe(404)
  expect((await noticesOf(stranger)).items).toEqual([])
  expect((await made<Picks>(stranger('GET', '/api/watchlist'))).items).toEqual([])
  const home = { label: 'Here', location: { lat: 53.5, lon: 10 }, radiusKm: 5 }
  await made(robin('PUT', '/api/me/home', { body: { home } }))
  expect(await made(stranger('GET', '/api/me/home'))).toEqual({ home: null })
})

it('a Marquee without recommendations shows what is trending', async () => {
  const services = 'identity,movies,theaters,booking,payments,notifications,reviews,watchlist'
  const again = await marquee.stop().then(() => marquee.restart({ MARQUEE_SERVICES: `gateway,${services}` }))
  const picks = await picksOf(robin).finally(again.stop)
  expect(picks.source).toBe('trending')
})
