import { contracts } from '@marquee/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import { type Account, buy, type House, made, newcomer, openHouse, until } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { hire } from './cast.ts'

/** The same product as many processes: two gateways, two of booking, their work apart. */
let marquee: Marquee
let nobody: Ask
let owner: Account
let usher: Account
let house: House
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off', MARQUEE_TOPOLOGY: 'split' })
  nobody = client(marquee.origin)
  ;[owner, usher] = [await newcomer(marquee.origin, 'owner'), await newcomer(marquee.origin, 'usher')]
  const films = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))
  house = await openHouse(owner, { movieId: films.items[0]?.id ?? '' })
  await hire(owner, house.id, usher.id)
  await until(
    async () => (await usher('GET', `/api/check-in/manifest?showId=${house.showId}`)).status === 200,
  )
}, 300_000)
afterAll(() => marquee?.remove(), 60_000)

/** What a part said when it opened, last time. */
function part(name: string): { address: string; pid: number; times: number } {
  const line = new RegExp(`^${name} +\\| Marquee is open .* at port (\\d+), process (\\d+)`, 'gm')
  const said = [...marquee.output().matchAll(line)]
  const [, port, pid] = said.at(-1) ?? []
  return { address: `http://127.0.0.1:${port}`, pid: Number(pid), times: said.length }
}

it('a guest buys, is admitted once, and reads the mail, whichever processes answer', async () => {
  const bought = await buy(nobody, house.showId, { email: 'guest@people.example' })
  expect(bought.tickets).toHaveLength(2)
  const scan = (code = '') => made(usher('POST', '/api/check-in', { body: { code } }))
  expect(await scan(bought.tickets[0]?.code)).toMatchObject({ result: 'admitted' })
  expect(await scan(bought.tickets[0]?.code)).toMatchObject({ result: 'already-admitted' })
  await until(async () => {
    const mails = await made<{ items: unknown[] }>(nobody('GET', '/api/dev/outbox?to=guest@people.example'))
    return mails.items.length > 0
  })
})

it('whoever watches the seats sees what any process sells', async () => {
  const watchers = Array.from({ length: 4 }, () => {
    const taken: string[] = []
    const socket = new WebSocket(`${marquee.origin.replace('http', 'ws')}/api/live?show=${house.showId}`)
    socket.addEventListener('message', ({ data }) => taken.push(...(JSON.parse(String(data)).taken ?? [])))
    return { socket, taken }
  })
  await until(async () => watchers.every(({ socket, taken }) => socket.readyState === 1 && taken.length > 0))
  const sold = await Promise.all(
    Array.from({ length: 4 }, () => buy(nobody, house.showId, { email: 'guest@people.example' })),
  )
  const seats = sold.flatMap((order) => order.seats.map(({ seatId }) => seatId))
  expect(new Set(seats).size).toBe(8)
  await until(async () => watchers.every(({ taken }) => seats.every((seat) => taken.includes(seat))))
  for (const { socket } of watchers) socket.close()
})

type Figures = { average: number; count: number }
it('a rating counts, and its film’s page shows it to everybody within two seconds', async () => {
  const alice = await person(marquee.origin, 'alice@marquee.example')
  const admin = await person(marquee.origin, 'admin@marquee.example')
  const { id } = await made(admin('POST', '/api/movies', { body: { title: 'A film nobody rated yet' } }))
  const figures = () => made<Figures>(nobody('GET', `/api/movies/${id}/ratings`))
  const page = async () => (await nobody('GET', `/films/${id}`)).text
  expect(await figures()).toMatchObject({ count: 0 })
  expect(await page()).not.toContain('aggregateRating')
  await made(alice('PUT', `/api/movies/${id}/rating`, { body: { stars: 4.5 } }))
  await until(async () => (await figures()).count === 1 && (await page()).includes('"ratingValue":4.5'), 4)
  expect(await figures()).toMatchObject({ average: 4.5, count: 1 })
})

it('the door between services lets nobody in who is none', async () => {
  const booking = client(part('booking-1').address)
  const strangers: Record<string, string>[] = [{}, { 'x-marquee-caller': 'made.up.token' }]
  for (const headers of strangers) {
    const answer = await booking('GET', `/api/shows/${house.showId}/seats`, { headers })
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
  }
  expect(await nobody('POST', '/internal/booking/seats-left', { body: { showIds: [] } })).toMatchObject({
    status: 404,
  })
})

it('at no door between services is a person let in, whatever they ask and whoever they are', async () => {
  const { token } = await person(marquee.origin, 'admin@marquee.example')
  const keys: Record<string, string>[] = [{ authorization: `Bearer ${token}` }, { 'x-marquee-caller': token }]
  const wrong: string[] = []
  // Gateways answer for operations themselves.
  for (const { name, endpoints } of contracts.filter((one) => one.name !== 'operations')) {
    const { address } = part(name === 'booking' ? 'booking-1' : name)
    for (const { method, path } of Object.values(endpoints))
      for (const headers of keys) {
        const asked = path.replaceAll(/:\w+/g, house.showId)
        const body = method === 'GET' ? {} : { body: {} }
        const { status } = await client(address, headers)(method, asked, body)
        if (status !== 401)
          wrong.push(`${name} let ${Object.keys(headers)} in at ${method} ${path}: ${status}`)
      }
  }
  expect(wrong).toEqual([])
})

it('one of two that is killed is missed by no buyer, and comes back', async () => {
  const { pid, times } = part('booking-1')
  process.kill(pid, 'SIGKILL')
  for (let at = 0; at < 10; at++)
    expect((await buy(nobody, house.showId, { email: 'guest@people.example' })).tickets).toHaveLength(2)
  await until(async () => part('booking-1').times > times, 60)
}, 90_000)

it('one dead service takes no other with it: without notifications people go on buying, and mails follow', async () => {
  const { pid } = part('notifications')
  process.kill(pid, 'SIGSTOP')
  const bought = await buy(nobody, house.showId, { email: 'later@people.example' })
  expect(bought.tickets).toHaveLength(2)
  expect((await nobody('GET', '/')).status).toBe(200)
  process.kill(pid, 'SIGCONT')
  await until(async () => {
    const mails = await made<{ items: unknown[] }>(nobody('GET', '/api/dev/outbox?to=later@people.example'))
    return mails.items.length > 0
  }, 30)
}, 60_000)
