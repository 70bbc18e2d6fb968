import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Ask, client } from '../harness/client.ts'
import { buy, type House, made, newcomer, openHouse, until } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'

let marquee: Marquee
let nobody: Ask
let owner: Ask
let house: House
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
  nobody = client(marquee.origin)
}, 120_000)
afterAll(() => marquee?.remove())
beforeEach(async () => {
  const films = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))
  owner = await newcomer(marquee.origin, 'owner')
  house = await openHouse(owner, { movieId: films.items[0]?.id ?? '' })
})

type Told = {
  type: 'snapshot' | 'seats'
  version: number
  taken: string[]
  freed?: string[]
  cancelled?: boolean
}

/** Somebody with the seat map open: what they see as taken, kept only from what they were told. */
function watch(since?: number) {
  const taken = new Set<string>()
  const told: Told[] = []
  const query = `show=${house.showId}${since === undefined ? '' : `&since=${since}`}`
  const socket = new WebSocket(`${marquee.origin.replace('http', 'ws')}/api/live?${query}`)
  socket.addEventListener('message', ({ data }) => {
    const one = JSON.parse(String(data)) as Told | { type: 'beat' }
    if (one.type === 'beat') return
    told.push(one)
    if (one.type === 'snapshot') taken.clear()
    for (const seat of one.taken) taken.add(seat)
    for (const seat of one.freed ?? []) taken.delete(seat)
  })
  return { taken, told, version: () => told.at(-1)?.version ?? 0, close: () => socket.close() }
}

const seatsOf = (order: { seats: { seatId: string }[] }) => order.seats.map(({ seatId }) => seatId)
const sees = (watcher: { taken: Set<string> }, seats: string[]) =>
  until(async () => watcher.taken.symmetricDifference(new Set(seats)).size === 0)

it('everybody who watches a show sees seats held, sold and let go', async () => {
  const watchers = Array.from({ length: 6 }, () => watch())
  await until(async () => watchers.every(({ told }) => told.length > 0))
  const held = await buy(nobody, house.showId, { email: 'guest@people.example', pay: false })
  const sold = await buy(nobody, house.showId, { email: 'guest@people.example' })
  for (const watcher of watchers) await sees(watcher, [...seatsOf(held), ...seatsOf(sold)])
  await made(nobody('DELETE', `/api/orders/${held.id}`, { headers: { 'x-order-secret': held.secret } }))
  for (const watcher of watchers) {
    await sees(watcher, seatsOf(sold))
    watcher.close()
  }
})

it('forty buyers at once: every map ends as the seats are, and never goes back in time', async () => {
  const watchers = Array.from({ length: 6 }, () => watch())
  await until(async () => watchers.every(({ told }) => told.length > 0))
  const orders = await Promise.all(
    Array.from({ length: 40 }, () => buy(nobody, house.showId, { email: 'guest@people.example' })),
  )
  const seats = orders.flatMap(seatsOf)
  expect(new Set(seats).size).toBe(80)
  for (const watcher of watchers) {
    await sees(watcher, seats)
    const versions = watcher.told.map(({ version }) => version)
    expect(versions).toEqual(versions.toSorted((a, b) => a - b))
    watcher.close()
  }
})

it('whoever lost the connection is told what they missed', async () => {
  const first = watch()
  await until(async () => first.told.length > 0)
  const before = await buy(nobody, house.showId, { email: 'guest@people.example' })
  await sees(first, seatsOf(before))
  first.close()
  const missed = await buy(nobody, house.showId, { email: 'guest@people.example' })
  const again = watch(first.version())
  await until(async () => again.told.length > 0)
  const known = again.told[0]?.type === 'snapshot' ? [] : seatsOf(before)
  expect(new Set([...known, ...again.taken])).toEqual(new Set([...seatsOf(before), ...seatsOf(missed)]))
  again.close()
})

it('a show that its cinema cancels leaves its page at once, and everybody who watches its seats is told', async () => {
  const page = async () => (await fetch(`${marquee.origin}/shows/${house.showId}`)).text()
  const watchers = Array.from({ length: 6 }, () => watch())
  await until(async () => watchers.every(({ told }) => told.length > 0))
  expect(await page()).toContain('Best seats for me')
  await made(owner('DELETE', `/api/shows/${house.showId}`))
  const after = await page()
  expect(after).toContain('This show is cancelled')
  expect(after).not.toContain('Best seats for me')
  for (const watcher of watchers) {
    await until(async () => watcher.told.some(({ cancelled }) => cancelled === true))
    watcher.close()
  }
})

it('a show that nobody knows is nothing to watch', async () => {
  const socket = new WebSocket(
    `${marquee.origin.replace('http', 'ws')}/api/live?show=01900000-0000-7000-8000-000000000000`,
  )
  const code = await new Promise((resolve) =>
    socket.addEventListener('close', (event) => resolve(event.code)),
  )
  expect(code).toBe(1008)
})
