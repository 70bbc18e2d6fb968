import { existsSync } from 'node:fs'
import { contracts } from '@marquee/contracts'
import { operationsContract } from '@marquee/contracts/operations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import { type Account, buy, type House, made, newcomer, openHouse, until } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { hire } from './cast.ts'
import { readTable } from './degradation-table.ts'

/** docs/degradation.md, checked row by row: a part is killed for as long as its row is looked at. */
let marquee: Marquee
let nobody: Ask
let alice: Ask
let usher: Account
let house: House
let movieId: string
let ticket: string
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off', MARQUEE_TOPOLOGY: 'split' })
  nobody = client(marquee.origin)
  alice = await person(marquee.origin, 'alice@marquee.example')
  const owner = await newcomer(marquee.origin, 'owner')
  usher = await newcomer(marquee.origin, 'usher')
  const films = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))
  movieId = films.items[0]?.id ?? ''
  house = await openHouse(owner, { movieId })
  await hire(owner, house.id, usher.id)
  await until(async () => (await checkIn('none')).status < 500)
  ticket = (await buy(nobody, house.showId, { email: 'guest@people.example' })).tickets[0]?.code ?? ''
}, 300_000)
afterAll(() => marquee?.remove(), 60_000)

// What operators ask a gateway itself is no service.
const hosted = contracts.filter(({ name }) => name !== operationsContract.name)
const services = readTable('Services')
const engines = readTable('Engines and outsiders')
const checkIn = (code: string) => usher('POST', '/api/check-in', { body: { code } })

describe('the table', () => {
  it('has a row for every part, and a check for every row', () => {
    const names = hosted.map(({ name }) => name)
    expect(services.map(({ Part }) => Part).toSorted()).toEqual(['gateway', ...names].toSorted())
    expect(Object.keys(checks).toSorted()).toEqual(services.map(({ Part }) => Part).toSorted())
    for (const row of engines)
      expect(
        existsSync(new URL(`../../${row['Checked by']?.replaceAll('`', '')}`, import.meta.url)),
        row.Part,
      ).toBe(true)
  })
  it('says of everything that is not critical that tickets are sold without it', () => {
    for (const { name, critical } of hosted) {
      const row = services.find(({ Part }) => Part === name)
      if (!critical) expect(row?.['Sold without it'], name).toBe('yes')
    }
  })
})

/** Processes of a service, or of one of two, by what they said when they opened. */
function pidsOf(service: string): number[] {
  const said = marquee
    .output()
    .matchAll(/^(\S+) +\| Marquee is open [^:]*: (\S+?)(?:,? at port \d+)?, process (\d+)/gm)
  const newest = new Map(
    [...said].map(([, part = '', hosted = '', pid]) => [part, { hosted, pid: Number(pid) }]),
  )
  return [...newest.values()].flatMap(({ hosted, pid }) => (hosted === service ? [pid] : []))
}

/** Whether there was somebody to get it. */
const signal = (pid: number, name: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
const isAlive = (pid: number): boolean => signal(pid, 0)

/** Kills a part whenever it comes back, until the work is done; then it comes back for good. */
async function without(part: string, work: () => Promise<void>): Promise<void> {
  let away = true
  const hunt = (async () => {
    while (away) {
      for (const pid of pidsOf(part)) signal(pid, 'SIGKILL')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })()
  try {
    await work()
  } finally {
    away = false
    await hunt
    await until(async () => pidsOf(part).every(isAlive), 60)
  }
}

/** Stops a part dead in its tracks: it takes calls and answers none. */
async function hanging(part: string, work: () => Promise<void>): Promise<void> {
  const pids = pidsOf(part)
  for (const pid of pids) signal(pid, 'SIGSTOP')
  try {
    await work()
  } finally {
    for (const pid of pids) signal(pid, 'SIGCONT')
  }
}

/** What hangs answers nobody before its row was looked at: whoever waited for it would get no page. */
async function browse(pages: readonly string[]): Promise<void> {
  for (const page of pages) expect(await nobody('GET', page), page).toMatchObject({ status: 200 })
}
const cached = () => ['/', `/films/${movieId}`, `/api/movies/${movieId}`]
/** Each gateway has its own cache, and connections are dealt to them in turn. */
async function askLately(): Promise<void> {
  for (const page of cached())
    for (let times = 0; times < 4; times++) await nobody('GET', page, { headers: { connection: 'close' } })
}
const hundredth = () => 10 + Math.floor(Math.random() * 90)
/** Nobody asked for these before: no cache has them. */
const fresh = () => [
  `/?near=50.${hundredth()},8.${hundredth()}`,
  `/films/${movieId}?after=${Math.random()}`,
  `/theaters/${house.id}`,
  `/api/movies?q=the&limit=${1 + Math.floor(Math.random() * 50)}`,
  `/shows/${house.showId}`,
]
const seats = () => `/api/shows/${house.showId}/seats`
const asGuest = async (options = {}) => {
  const bought = await buy(nobody, house.showId, { email: 'guest@people.example', ...options })
  expect(bought.seats.length).toBe(2)
  return bought
}
async function browseAndBook(): Promise<void> {
  await browse([...cached(), ...fresh(), seats()])
  expect((await asGuest()).tickets).toHaveLength(2)
}
async function isRefused(asked: ReturnType<Ask>): Promise<void> {
  const { status, headers } = await asked
  expect([503, 504]).toContain(status)
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
}
const isBack = (ask: () => ReturnType<Ask>) => until(async () => (await ask()).status < 300, 30)

const checks: Record<string, () => Promise<void>> = {
  async gateway() {
    const [first = 0, survivor = 0] = pidsOf('gateway')
    signal(first, 'SIGKILL')
    await until(async () => !isAlive(first))
    expect(isAlive(survivor)).toBe(true)
    for (let times = 0; times < 3; times++) await browseAndBook()
    await until(async () => pidsOf('gateway').every(isAlive), 60)
  },
  async identity() {
    const logIn = () =>
      nobody('POST', '/api/auth/login', {
        body: { email: 'alice@marquee.example', password: 'marquee-demo', session: 'token' },
      })
    await without('identity', async () => {
      await isRefused(logIn())
      await browseAndBook()
      expect((await alice('GET', '/api/watchlist')).status).toBe(200)
      expect((await checkIn(ticket)).status).toBe(200)
    })
    await isBack(logIn)
  },
  async movies() {
    await askLately()
    await without('movies', async () => {
      await isRefused(nobody('GET', `/api/movies?q=${Math.random()}`))
      await browse([...cached(), seats()])
      expect((await asGuest()).tickets).toHaveLength(2)
      expect((await checkIn(ticket)).status).toBe(200)
    })
    await isBack(() => nobody('GET', `/api/movies?q=${Math.random()}`))
  },
  async theaters() {
    const search = () => nobody('GET', `/api/theaters?q=${Math.random()}`)
    await askLately()
    await without('theaters', async () => {
      await isRefused(search())
      await browse([...cached(), seats()])
      expect((await asGuest()).tickets).toHaveLength(2)
      expect((await checkIn(ticket)).status).toBe(200)
    })
    await isBack(search)
  },
  async booking() {
    await without('booking', async () => {
      await isRefused(nobody('GET', seats()))
      await browse([...cached(), ...fresh().slice(0, 4)])
    })
    await isBack(() => nobody('GET', seats()))
  },
  async payments() {
    const held = await asGuest({ pay: false })
    const order = () =>
      nobody('GET', `/api/orders/${held.id}`, { headers: { 'x-order-secret': held.secret } })
    await without('payments', async () => {
      await browse([...cached(), ...fresh(), seats()])
      const paying = await nobody('POST', `/api/orders/${held.id}/payment`, {
        body: { method: 'sandbox', card: '4242424242424242' },
        headers: { 'x-order-secret': held.secret },
      })
      expect(paying).toMatchObject({ status: 202, body: { status: 'paying' } })
      expect(await order()).toMatchObject({ body: { status: 'paying' } })
    })
    await until(async () => (await asGuest()).tickets.length === 2, 30)
  },
  async reviews() {
    const work = async () => {
      await browseAndBook()
      await isRefused(alice('PUT', `/api/movies/${movieId}/rating`, { body: { stars: 4 } }))
    }
    await without('reviews', work)
    await isBack(() => alice('PUT', `/api/movies/${movieId}/rating`, { body: { stars: 4 } }))
    await hanging('reviews', browseAndBook)
  },
  async watchlist() {
    await without('watchlist', async () => {
      await browseAndBook()
      await isRefused(alice('GET', '/api/watchlist'))
    })
    await isBack(() => alice('GET', '/api/watchlist'))
    await hanging('watchlist', browseAndBook)
  },
  async recommendations() {
    const trending = async () => {
      await browseAndBook()
      const picks = await alice('GET', '/api/recommendations?limit=5')
      expect(picks).toMatchObject({ status: 200, body: { source: 'trending' } })
    }
    await without('recommendations', trending)
    await hanging('recommendations', trending)
  },
  async notifications() {
    const to = 'later@people.example'
    const mails = async () =>
      (await nobody('GET', `/api/dev/outbox?to=${to}`)) as { status: number; body: { items?: unknown[] } }
    await without('notifications', async () => {
      await browseAndBook()
      expect((await asGuest({ email: to })).tickets).toHaveLength(2)
    })
    await until(async () => (await mails()).body.items?.length === 1, 60)
    await hanging('notifications', browseAndBook)
  },
}

it.each(services.map((row) => [row.Part, row['What goes on']]))(
  'without %s: %s',
  (part = '') => checks[part]?.(),
  120_000,
)
