import http from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Ask, client } from '../harness/client.ts'
import { buy, type House, made, newcomer, openHouse } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'

let marquee: Marquee
let nobody: Ask
let house: House
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
  nobody = client(marquee.origin)
  const owner = await newcomer(marquee.origin, 'owner')
  const films = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))
  house = await openHouse(owner, { movieId: films.items[0]?.id ?? '' })
}, 120_000)
afterAll(() => marquee?.remove(), 60_000)

type Outcome = 'answered' | 'not let in' | { lost: string }

/** Asks over a connection that is kept, as a browser does. */
function ask(agent: http.Agent, path: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const request = http.get(`${marquee.origin}${path}`, { agent }, (response) => {
      response.resume()
      response.on('end', () =>
        resolve(
          response.statusCode === 200 ? 'answered' : { lost: `${path} answered ${response.statusCode}` },
        ),
      )
      response.on('error', (error) => resolve({ lost: error.message }))
    })
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'not let in' : { lost: `${path}: ${error.message}` }),
    )
  })
}

it('told to stop in the middle of a crowd it drops nothing, tells watchers to come back, and ends in time', async () => {
  const lost: string[] = []
  const bought: { id: string; secret: string }[] = []
  let answered = 0
  let open = true
  const readers = Array.from({ length: 24 }, async (_, at) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    const path = ['/', '/api/movies?limit=5', `/api/shows/${house.showId}/seats`][at % 3] ?? '/'
    while (open) {
      const outcome = await ask(agent, path)
      if (outcome === 'answered') answered += 1
      else if (outcome === 'not let in') return
      else lost.push(outcome.lost)
    }
  })
  const buyers = Array.from({ length: 4 }, async () => {
    while (open) {
      try {
        bought.push(await buy(nobody, house.showId, { email: 'guest@people.example' }))
      } catch (error) {
        // Between two requests the door may have closed; a request that was let in ends well.
        const { cause } = error instanceof Error ? error : {}
        if (!(cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED'))
          lost.push(`buying: ${error instanceof Error ? `${error.message} ${String(cause)}` : error}`)
        return
      }
    }
  })
  const socket = new WebSocket(`${marquee.origin.replace('http', 'ws')}/api/live?show=${house.showId}`)
  const toldTo = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve))
  while (bought.length < 8) await new Promise((resolve) => setTimeout(resolve, 50))

  const began = performance.now()
  process.kill(marquee.pid, 'SIGTERM')
  expect(await toldTo).toMatchObject({ code: 1012, reason: expect.stringMatching(/within \d+ ms/) })
  expect(await marquee.exited).toBe(0)
  expect(performance.now() - began).toBeLessThan(20_000)
  open = false
  await Promise.all([...readers, ...buyers])
  expect(lost).toEqual([])
  expect(answered).toBeGreaterThan(100)

  marquee = await marquee.restart({ MARQUEE_LIMITS: 'off' })
  for (const { id, secret } of bought)
    expect(await nobody('GET', `/api/orders/${id}`, { headers: { 'x-order-secret': secret } })).toMatchObject(
      { body: { status: 'confirmed' } },
    )
}, 90_000)

it('a second signal ends it at once', async () => {
  const hanging = http.get(`${marquee.origin}/api/live`, { headers: { expect: '100-continue' } })
  hanging.on('error', () => {})
  process.kill(marquee.pid, 'SIGTERM')
  process.kill(marquee.pid, 'SIGTERM')
  expect([0, 1]).toContain(await marquee.exited)
}, 30_000)
