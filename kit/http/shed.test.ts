import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createMetrics } from '../telemetry/index.ts'
import { createHttpApp } from './app.ts'
import { createLoad } from './load.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const workMilliseconds = 4
/** What only one can use at a time, such as a database connection; whoever comes waits for all before. */
function bottleneck() {
  let turn = Promise.resolve()
  return () => {
    turn = turn.then(() => pause(workMilliseconds))
    return turn
  }
}

async function open(requests: number, { delayMilliseconds = 10_000, work = bottleneck() } = {}) {
  const load = createLoad({ delayMilliseconds, requests }, { metrics: createMetrics('server') })
  const app = createHttpApp({ onBug: () => {}, load })
  app.get('/health/live', { config: { neverRefused: true } }, async () => ({ status: 'live' }))
  app.get('/work', async () => {
    await work()
    return {}
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  closers.push(() => app.close())
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : 0
}

type Seen = { status: number; milliseconds: number; retryAfter: string | undefined; text: string }
function ask(port: number, path: string, agent: http.Agent, headers = {}): Promise<Seen> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    http
      .get({ port, host: '127.0.0.1', path, agent, headers }, (response) => {
        let text = ''
        response.on('data', (chunk) => (text += chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            milliseconds: performance.now() - began,
            retryAfter: response.headers['retry-after'],
            text,
          }),
        )
      })
      .on('error', reject)
  })
}

/** So many clients, each asking again as soon as it was answered, for a while. */
async function crowd(port: number, clients: number, rounds: number): Promise<Seen[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: clients })
  closers.push(async () => agent.destroy())
  const seen: Seen[] = []
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let round = 0; round < rounds; round++) seen.push(await ask(port, '/work', agent))
    }),
  )
  return seen
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const milliseconds = (seen: Seen[]) => median(seen.map((one) => one.milliseconds))

test('a crowd far beyond what a process can do: whoever is let in is served quickly, the rest hear so quickly', async () => {
  const without = await crowd(await open(100_000), 200, 2)
  expect(without.every(({ status }) => status === 200)).toBe(true)

  const seen = await crowd(await open(16), 200, 4)
  const accepted = seen.filter(({ status }) => status === 200)
  const refused = seen.filter(({ status }) => status === 503)
  expect(accepted.length + refused.length).toBe(seen.length)
  expect(accepted.length).toBeGreaterThan(16)
  expect(refused.length).toBeGreaterThan(accepted.length)
  for (const { retryAfter, text } of refused) {
    expect(Number(retryAfter)).toBeGreaterThanOrEqual(1)
    expect(JSON.parse(text)).toMatchObject({ code: 'unavailable', status: 503 })
  }
  // Everybody waits for everybody without it.
  expect(milliseconds(accepted)).toBeLessThan(milliseconds(without) / 3)
  expect(milliseconds(refused)).toBeLessThan(milliseconds(without) / 3)
})

test('whether it lives is answered in any crowd, and a visitor gets a page that comes back by itself', async () => {
  const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const port = await open(1, {
    work: () => {
      begun.resolve()
      return done.promise
    },
  })
  const agent = new http.Agent({ keepAlive: true })
  closers.push(async () => agent.destroy())
  const slow = ask(port, '/work', agent)
  await begun.promise
  expect((await ask(port, '/health/live', agent)).status).toBe(200)
  expect((await ask(port, '/health/anything', agent)).status).toBe(503)
  const page = await ask(port, '/work', agent, { accept: 'text/html', 'accept-language': 'de' })
  const disguised = await ask(port, '/work', agent, { upgrade: 'websocket' })
  done.resolve()
  expect((await slow).status).toBe(200)
  expect(page.status).toBe(503)
  expect(disguised.status).toBe(503)
  expect(page.text).toContain('http-equiv="refresh"')
  expect(page.text).toContain('Gerade sind es zu viele')
})

test('a process whose event loop is busy refuses browsing until it has caught up', async () => {
  const port = await open(1000, { delayMilliseconds: 50 })
  const agent = new http.Agent({ keepAlive: true })
  closers.push(async () => agent.destroy())
  let busy = true
  const spin = () => {
    const began = performance.now()
    while (performance.now() - began < 120);
    if (busy) setImmediate(spin)
  }
  spin()
  const until = async (status: number) => {
    while ((await ask(port, '/work', agent)).status !== status);
  }
  await until(503)
  busy = false
  await until(200)
})
