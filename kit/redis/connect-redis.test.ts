import { afterEach, describe, expect, test, vi } from 'vitest'
import { isAtOnce, type RedisEngine, redisAtHand, startRedis, startSentinel } from '../testing/index.ts'
import { connectRedis, type RedisConnection } from './connect-redis.ts'

const engines: RedisEngine[] = []
const connections: RedisConnection[] = []
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.stop()
  for (const engine of engines.splice(0)) await engine.remove()
})

async function engine(options?: readonly string[]) {
  const started = await startRedis(options)
  engines.push(started)
  return started
}

async function connected(url: string, options?: Parameters<typeof connectRedis>[1]) {
  const connection = connectRedis(url, options)
  connections.push(connection)
  await connection.settled(5000)
  return connection
}

const soon = (look: () => void | Promise<void>) => vi.waitFor(look, { timeout: 20_000, interval: 20 })
const put = (connection: RedisConnection, value: string) =>
  connection.ask((client) => client.set('film', value))
const got = (connection: RedisConnection) => connection.ask((client) => client.get('film'))

describe.skipIf(!redisAtHand())('a connection to Redis', () => {
  test('asks and is answered; the password is used', async () => {
    const { port } = await engine(['--requirepass', 'pass:word'])
    const connection = await connected(`redis://:pass%3Aword@127.0.0.1:${port}`)
    await put(connection, 'Vertigo')
    expect(await got(connection)).toEqual({ there: true, value: 'Vertigo' })
  })

  test('while Redis is away nobody waits and nothing throws; it is found again by itself', async () => {
    const redis = await engine()
    const said: boolean[] = []
    const connection = await connected(redis.url, { onChange: ({ there }) => said.push(there) })
    await redis.kill()
    await soon(() => expect(connection.usable()).toBe(false))
    const asked = got(connection)
    expect(await isAtOnce(asked)).toBe(true)
    expect(await asked).toEqual({ there: false })
    await redis.start()
    await soon(async () => expect(await got(connection)).toEqual({ there: true, value: null }))
    expect(said).toEqual([true, false, true])
  })

  test('a start while Redis is away goes on without it', async () => {
    const redis = await engine()
    await redis.kill()
    const connection = connectRedis(redis.url)
    connections.push(connection)
    await connection.settled(200)
    expect(await got(connection)).toEqual({ there: false })
    await redis.start()
    await soon(async () => expect(await got(connection)).toMatchObject({ there: true }))
  })

  test('a Redis that hangs costs one question its timeout, and the next ones nothing', async () => {
    const redis = await engine()
    const connection = await connected(redis.url, { commandTimeout: 100 })
    redis.freeze()
    const began = performance.now()
    expect(await got(connection)).toEqual({ there: false })
    const firstTook = performance.now() - began
    expect(firstTook).toBeGreaterThan(90)
    const asked = Array.from({ length: 100 }, () => got(connection))
    expect(await isAtOnce(Promise.all(asked))).toBe(true)
    expect(await Promise.all(asked)).toEqual(Array(100).fill({ there: false }))
    redis.resume()
    await soon(async () => expect(await got(connection)).toMatchObject({ there: true }))
  })

  test('an error of the question itself is no reason to rest', async () => {
    const connection = await connected((await engine()).url)
    await put(connection, 'Vertigo')
    expect(await connection.ask((client) => client.incr('film'))).toEqual({ there: false })
    expect(await got(connection)).toEqual({ there: true, value: 'Vertigo' })
  })
})

describe.skipIf(!redisAtHand() || !redisAtHand('redis-sentinel'))('Redis behind sentinels', () => {
  test('the master is found by name, and the one that takes its place when it dies', async () => {
    const master = await engine()
    const replica = await engine(['--replicaof', '127.0.0.1', String(master.port)])
    const sentinel = await startSentinel('main', master.port)
    engines.push(sentinel)
    const connection = await connected(`redis+sentinel://127.0.0.1:${sentinel.port}/main`)
    await put(connection, 'Vertigo')
    const watcher = await connected(`redis://127.0.0.1:${sentinel.port}`)
    // A sentinel that has not met the replica yet has nobody to promote.
    await soon(async () => {
      const known = await watcher.ask((client) => client.call('sentinel', 'replicas', 'main'))
      expect(JSON.stringify(known)).toContain(String(replica.port))
    })
    await soon(async () => {
      const replicaOf = await connected(replica.url)
      expect(await got(replicaOf)).toEqual({ there: true, value: 'Vertigo' })
    })
    await master.kill()
    await soon(async () => expect(await put(connection, 'Psycho')).toMatchObject({ there: true }))
    expect(await got(connection)).toEqual({ there: true, value: 'Psycho' })
  }, 60_000)
})

describe.skipIf(!redisAtHand())('a cluster of Redis', () => {
  test('three nodes share the keys, whichever of them is asked first', async () => {
    const nodes = await Promise.all(Array.from({ length: 3 }, () => engine(['--cluster-enabled', 'yes'])))
    await join(nodes.map(({ port }) => port))
    const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')
    const connection = await connected(`redis+cluster://${addresses}`)
    const films = ['a', 'b', 'c', 'd', 'e', 'f']
    await soon(async () => {
      for (const film of films)
        expect(await connection.ask((client) => client.set(film, film))).toMatchObject({ there: true })
    })
    const shares = await Promise.all(
      nodes.map(async ({ url }) => {
        const node = await connected(url)
        return node.ask((client) => client.dbsize())
      }),
    )
    const counts = shares.map((share) => (share.there ? share.value : 0))
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(films.length)
    expect(Math.max(...counts)).toBeLessThan(films.length)
  }, 60_000)
})

/** Makes nodes one cluster, each with a third of the slots. */
async function join(ports: readonly number[]): Promise<void> {
  const slots = 16_384
  for (const [at, port] of ports.entries()) {
    const node = await connected(`redis://127.0.0.1:${port}`, { commandTimeout: 2000 })
    const from = Math.ceil((at * slots) / ports.length)
    const to = Math.ceil(((at + 1) * slots) / ports.length) - 1
    await node.client.call('cluster', 'addslotsrange', from, to)
    await node.client.call('cluster', 'set-config-epoch', at + 1)
    for (const other of ports) await node.client.call('cluster', 'meet', '127.0.0.1', other)
  }
  const first = await connected(`redis://127.0.0.1:${ports[0]}`)
  await soon(async () => {
    const info = await first.client.call('cluster', 'info')
    expect(String(info)).toMatch(/cluster_state:ok[\s\S]*cluster_known_nodes:3/)
  })
}
