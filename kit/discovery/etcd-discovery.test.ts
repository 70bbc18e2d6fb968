import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createEtcd, readEtcdUrl } from '../etcd/index.ts'
import { silentLogger } from '../telemetry/index.ts'
import {
  type BorrowedEngine,
  borrowEtcd,
  type EtcdEngine,
  etcdAtHand,
  etcdReachable,
  startEtcd,
} from '../testing/index.ts'
import { discoverySuite } from './discovery-suite.ts'
import { createEtcdDiscovery, type Discovery } from './index.ts'

const addresses = ['http://10.0.0.1:3100', 'http://10.0.0.2:3100'] as const
const [first, second] = addresses

describe.skipIf(!etcdReachable())('instances in etcd', () => {
  let engine: BorrowedEngine
  beforeAll(async () => {
    engine = await borrowEtcd()
  })
  afterAll(() => engine?.remove())

  discoverySuite(async () => {
    const prefix = `test-${randomUUID()}/`
    const etcd = createEtcd(readEtcdUrl(engine.url))
    const open = () => createEtcdDiscovery({ etcd, prefix, leaseSeconds: 2, log: silentLogger })
    const announcers = new Map<string, Discovery>()
    return {
      async appear(address) {
        const announcer = open()
        announcers.set(address, announcer)
        await announcer.announce(['booking'], address)
      },
      vanish: async (address) => announcers.get(address)?.withdraw(),
      open: async () => open(),
      close: async () => {
        for (const announcer of announcers.values()) await announcer.stop()
      },
    }
  }, addresses)
})

describe.skipIf(!etcdAtHand())('instances in an etcd that fails', () => {
  let engine: EtcdEngine
  let scenes = 0
  let prefix: string
  beforeAll(async () => {
    engine = await startEtcd()
  })
  afterAll(() => engine?.remove())
  beforeEach(() => {
    scenes += 1
    prefix = `test-${scenes}/`
  })

  const open = (leaseSeconds = 2, keepIn?: string): Discovery =>
    createEtcdDiscovery({
      etcd: createEtcd({ urls: [engine.url] }),
      prefix,
      leaseSeconds,
      ...(keepIn === undefined ? {} : { keepIn }),
      log: silentLogger,
    })
  const soon = (discovery: Discovery, wanted: readonly string[], timeout = 10_000) =>
    expect
      .poll(() => discovery.instancesOf('booking').toSorted(), { timeout, interval: 20 })
      .toEqual([...wanted].toSorted())

  test('an instance that dies without a word is gone within seconds', async () => {
    const watcher = open()
    const etcd = createEtcd({ urls: [engine.url] })
    // A process that was killed is a lease that nobody keeps alive.
    await etcd.put(`${prefix}instances/booking/dead`, first, await etcd.grant(2))
    const alive = open()
    await alive.announce(['booking'], second)
    await soon(watcher, addresses)
    await soon(watcher, [second])
    await alive.stop()
    await watcher.stop()
  })

  test('while etcd is dead, those known last stay; back and empty, all announce themselves again', async () => {
    // The other's heart beats slowly: for a while after etcd is back it is not announced.
    const [one, other, watcher] = [open(), open(8), open()]
    await one.announce(['booking'], first)
    await other.announce(['booking'], second)
    await soon(watcher, addresses)
    const short = new Set<number>()
    const looking = setInterval(() => short.add(watcher.instancesOf('booking').length), 5)
    await engine.wipe()
    // Long past every lease.
    await new Promise((resolve) => setTimeout(resolve, 3000))
    expect(watcher.instancesOf('booking')).toHaveLength(2)
    await engine.start()
    const etcd = createEtcd({ urls: [engine.url] })
    await expect
      .poll(async () => (await etcd.list(`${prefix}instances/`)).length, { timeout: 10_000 })
      .toBe(2)
    clearInterval(looking)
    expect([...short]).toEqual([2])
    await one.stop()
    await soon(watcher, [second])
    await other.stop()
    await watcher.stop()
  })

  test('who starts while etcd is dead knows those known last; when it is back, those that live', async () => {
    const keepIn = join(mkdtempSync(join(tmpdir(), 'instances-')), 'known.json')
    const alive = open()
    await alive.announce(['booking'], first)
    const etcd = createEtcd({ urls: [engine.url] })
    await etcd.put(`${prefix}instances/booking/dead`, second, await etcd.grant(2))
    const before = open(2, keepIn)
    await soon(before, addresses)
    await before.stop()
    await engine.kill()
    const late = open(2, keepIn)
    expect(late.instancesOf('booking').toSorted()).toEqual([...addresses])
    // Etcd is asked meanwhile, and asked again.
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(late.instancesOf('booking')).toHaveLength(2)
    await engine.start()
    await soon(late, [first])
    await late.stop()
    await alive.stop()
  })

  test('at a start with etcd, whoever was known last and is gone is asked for nothing', async () => {
    const keepIn = join(mkdtempSync(join(tmpdir(), 'instances-')), 'known.json')
    const [stays, goes, before] = [open(), open(), open(2, keepIn)]
    await stays.announce(['booking'], first)
    await goes.announce(['booking'], second)
    await soon(before, addresses)
    await before.stop()
    await goes.stop()
    const late = open(2, keepIn)
    await late.ready()
    expect(late.instancesOf('booking')).toEqual([first])
    await late.stop()
    await stays.stop()
  })

  test('an etcd that hangs is an etcd that is away', async () => {
    const [one, watcher] = [open(), open()]
    await one.announce(['booking'], first)
    await soon(watcher, [first])
    engine.freeze()
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(watcher.instancesOf('booking')).toEqual([first])
    engine.resume()
    const late = open()
    await late.announce(['booking'], second)
    await soon(watcher, addresses)
    for (const discovery of [one, late, watcher]) await discovery.stop()
  })

  test('announced while etcd is away, an instance is known as soon as etcd is there', async () => {
    await engine.kill()
    const [one, watcher] = [open(), open()]
    await one.announce(['booking'], first)
    expect(watcher.instancesOf('booking')).toEqual([])
    await engine.start()
    await soon(watcher, [first])
    await one.stop()
    await watcher.stop()
  })
})
