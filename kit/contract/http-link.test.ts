import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createBalancer, createStaticDiscovery } from '../discovery/index.ts'
import { createMetrics } from '../telemetry/index.ts'
import { anonymousCaller, type Call, endpoint, httpLink, knock } from './index.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A process that can be made to take calls and do nothing more, or to take long over them. */
async function process(name: string) {
  const state = { hangs: false, slow: false, asked: 0, underWay: 0 }
  const server = createServer((request, response) => {
    const isCall = request.url === '/look'
    if (isCall) state.asked += 1
    if (state.hangs || (isCall && state.slow)) return
    if (isCall && state.underWay-- > 0) {
      response.writeHead(409).end(JSON.stringify({ code: 'request-in-progress' }))
      return
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ name }))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const die = () => {
    server.closeAllConnections()
    server.close()
  }
  return Object.assign(state, { address: `http://127.0.0.1:${port}`, die })
}

const look = endpoint({
  method: 'GET',
  path: '/look',
  summary: 'Who answers',
  access: ['anyone'],
  timeoutMs: 200,
  responses: { 200: z.object({ name: z.string() }) },
})
const patient = { ...look, timeoutMs: 5000 }
const write = { ...patient, method: 'POST' as const }

async function two() {
  const [first, second] = [await process('first'), await process('second')]
  let time = 0
  const discovery = createStaticDiscovery({ far: [first.address, second.address] })
  const metrics = createMetrics('test')
  const balancer = createBalancer(discovery, { now: () => time, knock, metrics })
  const link = httpLink({ reach: balancer.reach, tokenFor: () => 'token' })
  /** Who answered, or nobody in time. */
  const call = (spec: Call['spec'] = look, milliseconds = 200, more: Partial<Call> = {}): Promise<string> =>
    link({
      service: 'far',
      name: 'look',
      spec,
      raw: {},
      caller: anonymousCaller,
      correlationId: 'c',
      headers: {},
      signal: AbortSignal.timeout(milliseconds),
      ...more,
    }).then(
      ({ status, body }) => (status === 409 ? 'under way' : z.object({ name: z.string() }).parse(body).name),
      () => 'nobody',
    )
  const several = async (spec?: Call['spec'], milliseconds?: number) => {
    const answers: string[] = []
    for (let at = 0; at < 6; at++) answers.push(await call(spec, milliseconds))
    return answers
  }
  const rests = async () =>
    Number(/^marquee_instance_rests_total\{.*\} (\d+)$/m.exec(await metrics.text())?.[1] ?? 0)
  return { first, second, call, several, rests, later: (milliseconds: number) => (time += milliseconds) }
}

test('an instance that hangs is left alone, and whoever waits for it is answered by another', async () => {
  const { first, second, call, several, later } = await two()
  first.hangs = true
  const waiting = [call(patient, 5000), call(patient, 5000)]
  await expect.poll(() => first.asked + second.asked).toBe(2)
  later(1100)
  expect(await Promise.all(waiting)).toEqual(['second', 'second'])
  expect(await several()).toEqual(Array(6).fill('second'))
})

test('an instance that hung is asked again once it answers a knock', async () => {
  const { first, call, several, later } = await two()
  first.hangs = true
  const waiting = [call(patient, 5000), call(patient, 5000)]
  await expect.poll(() => first.asked).toBe(1)
  later(1100)
  await Promise.all(waiting)
  first.hangs = false
  later(6000)
  await expect.poll(() => several(), { timeout: 5000 }).toContain('first')
  expect(new Set(await several())).toEqual(new Set(['first', 'second']))
})

test('whoever asked an instance that dies is answered by another, unless it must not be done twice', async () => {
  const { first, second, call, several } = await two()
  first.slow = true
  const looking = Array.from({ length: 30 }, () => call(patient, 5000))
  const writing = [call(write, 5000), call(write, 5000)]
  await expect.poll(() => first.asked + second.asked).toBe(32)
  first.die()
  expect(await Promise.all(looking)).toEqual(Array(30).fill('second'))
  expect((await Promise.all(writing)).toSorted()).toEqual(['nobody', 'second'])
  expect(await several(write, 5000)).toEqual(Array(6).fill('second'))
})

test('what must not be done twice goes on waiting for whoever was asked', async () => {
  const { first, second, call, several, later } = await two()
  first.hangs = true
  const waiting = [call(write, 2000), call(write, 2000)]
  await expect.poll(() => first.asked + second.asked).toBe(2)
  later(1100)
  expect((await Promise.all(waiting)).toSorted()).toEqual(['nobody', 'second'])
  expect(second.asked).toBe(1)
  expect(await several()).toEqual(Array(6).fill('second'))
})

test('whoever asked once is not told that what they asked for is under way', async () => {
  const { first, second, call } = await two()
  const once = { ...write, idempotent: true }
  const buy = (more: Partial<Call> = {}) => call(once, 5000, { idempotencyKey: 'key', ...more })
  first.slow = true
  while ((await call(look, 100)) !== 'nobody');
  const asked = first.asked
  await call()
  second.underWay = 3
  const buying = buy()
  await expect.poll(() => first.asked).toBe(asked + 1)
  first.die()
  expect(await buying).toBe('second')
  second.underWay = 3
  expect(await buy({ again: true })).toBe('second')
  second.underWay = 3
  expect(await buy()).toBe('under way')
})

test('while calls take too long wherever they go, every instance is asked as before', async () => {
  const { first, second, several, later, rests } = await two()
  first.slow = second.slow = true
  expect(await several()).toEqual(Array(6).fill('nobody'))
  later(1100)
  await several()
  expect([first.asked, second.asked]).toEqual([6, 6])
  expect(await rests()).toBe(0)
})

test('an instance that again and again leaves unanswered what another answers rests, and is tried with one call', async () => {
  const { first, call, several, rests, later } = await two()
  first.slow = true
  const together = () => {
    const calls = Array.from({ length: 6 }, () => call())
    later(10)
    return Promise.all(calls)
  }
  expect((await together()).toSorted()).toEqual(['nobody', 'nobody', 'nobody', 'second', 'second', 'second'])
  expect(await several()).toEqual(Array(6).fill('second'))
  expect(await rests()).toBe(1)
  later(300)
  const asked = first.asked
  expect((await together()).filter((name) => name === 'nobody')).toEqual(['nobody'])
  expect(first.asked).toBe(asked + 1)
  first.slow = false
  later(600)
  expect(new Set(await several())).toEqual(new Set(['first', 'second']))
})

test('whoever gives up early convicts nobody', async () => {
  const { first, second, call, several, later } = await two()
  first.slow = true
  const impatient = Array.from({ length: 8 }, () => call(patient, 100))
  later(10)
  expect(await Promise.all(impatient)).toContain('nobody')
  await several(patient, 100)
  expect(first.asked).toBeGreaterThan(4)
  expect(second.asked).toBeGreaterThan(4)
})
