import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createMemoryCache, createSharedCache } from '../cache/index.ts'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import { liveSuite } from './live-suite.ts'
import { createPostgresLive } from './postgres-live.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ schema: 'live' })
})
afterAll(() => database.close())

describe('live signals over PostgreSQL', () => {
  liveSuite((options) => createPostgresLive({ url: database.url, ...options }))
})

const soon = (look: () => void) => vi.waitFor(look, { timeout: 10_000, interval: 10 })

/** Everything that `live` hears of a topic, and a promise of the next that satisfies. */
function ear(live: Awaited<ReturnType<typeof createPostgresLive>>, topic: string) {
  const heard: unknown[] = []
  live.subscribe(topic, (payload) => heard.push(payload))
  return { heard, until: (count: number) => soon(() => expect(heard).toHaveLength(count)) }
}

const breakAllButTheLast = () =>
  database.admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'marquee live'
      and pid <> all(select pid from pg_stat_activity where application_name = 'marquee live' order by backend_start desc limit 1)`,
  )

test('what one process signals another hears, in order and once; itself too', async () => {
  const one = await createPostgresLive({ url: database.url })
  const other = await createPostgresLive({ url: database.url })
  const [near, far] = [ear(one, 'show.*'), ear(other, 'show.*')]
  for (let at = 0; at < 300; at++) one.signal('show.1', { at, padding: 'x'.repeat(100) })
  await far.until(300)
  expect(far.heard.map((payload) => (payload as { at: number }).at)).toEqual(near.heard.map((_, at) => at))
  expect(near.heard).toHaveLength(300)
  await Promise.all([one.stop(), other.stop()])
})

test('a process of the version before, whose signals do not say when they were sent, is heard', async () => {
  const live = await createPostgresLive({ url: database.url })
  const near = ear(live, 'show.1')
  await database.admin.query(`select pg_notify('marquee_live', $1)`, [
    JSON.stringify({ from: 'somebody older', signals: [['show.1', 'sold']] }),
  ])
  await near.until(1)
  expect(near.heard).toEqual(['sold'])
  await live.stop()
})

test('what somebody else says on the channel harms nobody', async () => {
  const live = await createPostgresLive({ url: database.url })
  const near = ear(live, 'show.1')
  await database.admin.query("select pg_notify('marquee_live', 'hello?')")
  await database.admin.query(`select pg_notify('marquee_live', $1)`, [
    JSON.stringify({ from: 'somebody', signals: [['show.1', 'sold']] }),
  ])
  await near.until(1)
  await live.stop()
})

test('of more than can wait only the latest are sent, and the others learn that they missed some', async () => {
  const one = await createPostgresLive({ url: database.url })
  const other = await createPostgresLive({ url: database.url })
  const far = ear(other, 'show.1')
  for (let at = 0; at < 25_000; at++) one.signal('show.1', at)
  await one.told()
  await soon(() => expect(far.heard.at(-1)).toBe(24_999))
  expect(far.heard.length).toBeLessThanOrEqual(20_000)
  expect([one.missed(), other.missed()]).toEqual([0, 1])
  one.signal('show.1', 'next')
  await soon(() => expect(far.heard.at(-1)).toBe('next'))
  expect(other.missed()).toBe(1)
  await Promise.all([one.stop(), other.stop()])
})

test('one signal too large to travel harms none of the others', async () => {
  const one = await createPostgresLive({ url: database.url })
  const other = await createPostgresLive({ url: database.url })
  const far = ear(other, 'show.1')
  one.signal('show.1', 'x'.repeat(20_000))
  one.signal('show.1', 'small')
  await far.until(1)
  expect(far.heard).toEqual(['small'])
  await Promise.all([one.stop(), other.stop()])
})

test('whoever waits until the others were told waits while they cannot be', async () => {
  const one = await createPostgresLive({ url: database.url })
  const other = await createPostgresLive({ url: database.url })
  const far = ear(other, 'show.1')
  await breakAllButTheLast()
  await soon(() => expect(one.connected()).toBe(false))
  one.signal('show.1', 'in the storm')
  let told = false
  const telling = one.told().then(() => (told = true))
  expect(await Promise.race([telling, Promise.resolve(told)])).toBe(false)
  await telling
  // Sent only after the connection was made again.
  expect(one.connected()).toBe(true)
  await far.until(1)
  await Promise.all([one.stop(), other.stop()])
})

test('a broken connection is known, made again, and nothing signalled meanwhile is lost', async () => {
  const lost = vi.fn()
  const one = await createPostgresLive({ url: database.url, onLost: lost })
  const other = await createPostgresLive({ url: database.url })
  const far = ear(other, 'show.1')
  await breakAllButTheLast()
  await soon(() => expect(lost).toHaveBeenCalled())
  expect(one.connected()).toBe(false)
  one.signal('show.1', 'in the storm')
  await far.until(1)
  await soon(() => expect(one.connected()).toBe(true))
  await Promise.all([one.stop(), other.stop()])
})

test('however much one process invalidates at once, another forgets all of it', async () => {
  const [near, far] = [
    await createPostgresLive({ url: database.url }),
    await createPostgresLive({ url: database.url }),
  ]
  const open = (live: typeof near) => createSharedCache({ cache: createMemoryCache(), live })
  const [writer, reader] = [open(near), open(far)]
  const films = Array.from({ length: 300 }, () => `movie:${randomUUIDv7()}`)
  const shown = () =>
    Promise.all(films.map((film) => reader.get(film, { seconds: 60, tags: [film] }, () => title)))
  let title = 'before'
  await shown()
  title = 'after'
  await writer.invalidate(films)
  await vi.waitFor(async () => expect(new Set(await shown())).toEqual(new Set(['after'])), {
    timeout: 10_000,
    interval: 10,
  })
  await Promise.all([near.stop(), far.stop()])
})
