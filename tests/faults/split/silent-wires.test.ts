import { createPostgresLive } from '@marquee/kit/live'
import { isSqlError, openDatabase } from '@marquee/kit/sql'
import { testServer } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../harness/house.ts'
import { openTcpProxy, type TcpProxy } from '../../harness/tcp-proxy.ts'
import { pause } from './pause.ts'

let wire: TcpProxy
let url: string
beforeEach(async () => {
  const admin = new URL((await testServer()).adminUrl)
  const sockets = admin.searchParams.get('host')
  const port = admin.searchParams.get('port') ?? admin.port
  wire = await openTcpProxy([sockets ? `${sockets}/.s.PGSQL.${port}` : Number(port)])
  admin.search = ''
  admin.host = `127.0.0.1:${wire.port}`
  url = admin.href
})
afterEach(() => wire.close())

test('a database connection that fell silent is given up, and the next is healthy', async () => {
  const db = openDatabase({ url, poolSize: 1, answerTimeout: 300 })
  await db.query('select 1')
  wire.halfOpen()
  const lost = await db.query('select 1').catch((error: unknown) => error)
  expect(isSqlError(lost, 'connection-lost')).toBe(true)
  expect((await db.query('select 2 as two')).rows).toEqual([{ two: 2 }])
  await until(async () => wire.silent() === 0)
  await db.close()
})

test('when every connection falls silent, who waits is told within seconds, and nobody waits after that', async () => {
  const db = openDatabase({ url, poolSize: 4 })
  const all = (text: string) => Promise.allSettled(Array.from({ length: 4 }, () => db.query(text)))
  await all('select pg_sleep(0.05)')
  wire.halfOpen()
  const began = performance.now()
  const [one, other] = await Promise.allSettled([
    db.query('select 1'),
    db.transaction((tx) => tx.query('select 1')),
  ])
  expect(performance.now() - began).toBeLessThan(4500)
  for (const lost of [one, other])
    expect(lost.status === 'rejected' && isSqlError(lost.reason, 'connection-lost')).toBe(true)
  const again = performance.now()
  expect((await all('select 2')).map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'))
  expect(performance.now() - again).toBeLessThan(1500)
  await db.close()
})

test('when nobody could be asked for long, who waits is told soon after somebody can', async () => {
  const db = openDatabase({ url, poolSize: 1 })
  await db.query('select 1')
  wire.halfOpen()
  wire.hold()
  const lost = db.query('select 1').catch((error: unknown) => error)
  await pause(12_000)
  await wire.heal()
  const began = performance.now()
  expect(isSqlError(await lost, 'connection-lost')).toBe(true)
  expect(performance.now() - began).toBeLessThan(4500)
  await db.close()
}, 30_000)

test('a statement that takes long is not taken for a silent wire, nor is one that waits for a lock', async () => {
  const db = openDatabase({ url, poolSize: 3 })
  const sleeping = db.query(`select 'slept' as word from pg_sleep(5)`)
  const locking = db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(811)')
    await sleeping
  })
  const waiting = db.transaction((tx) => tx.query(`select 'had it' as word from pg_advisory_xact_lock(811)`))
  expect((await sleeping).rows).toEqual([{ word: 'slept' }])
  await locking
  expect((await waiting).rows).toEqual([{ word: 'had it' }])
  await db.close()
}, 15_000)

test('a transaction on a connection that falls silent fails, and says that its end is unknown once it was asked for', async () => {
  const db = openDatabase({ url, poolSize: 1, answerTimeout: 300 })
  const early = db.transaction(async (tx) => {
    await tx.query('select 1')
    wire.halfOpen()
    await tx.query('select 2')
  })
  expect(isSqlError(await early.catch((error: unknown) => error), 'connection-lost')).toBe(true)
  const late = db.transaction(async (tx) => {
    await tx.query('select 1')
    wire.halfOpen()
  })
  expect(isSqlError(await late.catch((error: unknown) => error), 'commit-unknown')).toBe(true)
  await until(async () => (await db.query('select 1')).rowCount === 1)
  await db.close()
})

test('live signals whose connection fell silent travel again within seconds', async () => {
  const [near, far] = [
    await createPostgresLive({ url }),
    await createPostgresLive({ url: (await testServer()).adminUrl }),
  ]
  const heard: unknown[] = []
  near.subscribe('seats', (payload) => heard.push(payload))
  await until(async () => near.connected())
  wire.halfOpen()
  await until(async () => !near.connected())
  await until(async () => near.connected(), 10)
  await until(async () => wire.silent() === 0)
  far.signal('seats', 'after')
  await until(async () => heard.includes('after'))
  await Promise.all([near.stop(), far.stop()])
})
