import { fail } from '@marquee/kit/contract'
import { webSocketRoute } from '@marquee/kit/http'
import { expect, it } from 'vitest'
import { openDoor } from './open-door.ts'

const user = {
  id: '019a0000-0000-7000-8000-000000000001',
  email: 'a@example.org',
  name: 'A',
  handle: 'aaa',
  roles: ['user'],
  preferences: { theme: 'system', language: 'en' },
  emailVerified: false,
  version: 1,
}
const cookie = 'marquee_refresh=refresh-1'

/** A door at which a session is renewed, and how often it was. */
async function renewingDoor(given: Partial<Parameters<typeof openDoor>[0]> = {}) {
  let renewals = 0
  const door = await openDoor({
    ...given,
    identity: {
      refresh: async () => {
        renewals += 1
        return { user, accessToken: await door.token(user.id), expiresIn: 600, refreshToken: 'refresh-2' }
      },
      getMe: () => ({ ...user, theaters: [] }),
      ...given.identity,
    },
  })
  return { ...door, renewals: () => renewals }
}

it('does not renew a session for a WebSocket, whose answer brings no cookies to the browser', async () => {
  const door = await renewingDoor({
    install: (app) => webSocketRoute(app, '/api/live', (channel) => channel.send('hello')),
  })
  const { port } = new URL(await door.app.listen({ port: 0, host: '127.0.0.1' }))
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, { headers: { cookie } } as never)
  const said = await new Promise((resolve, reject) => {
    socket.addEventListener('message', ({ data }) => resolve(data))
    socket.addEventListener('error', reject)
  })
  socket.close()
  await door.app.close()
  expect(said).toBe('hello')
  expect(door.renewals()).toBe(0)
})

it('lets no cache on the way keep a page with the cookies of a session that was renewed with it', async () => {
  const door = await renewingDoor({
    render: () => new Response('<p>tonight</p>', { headers: { 'content-type': 'text/html' } }),
  })
  const renewed = await door.app.inject({ url: '/', headers: { cookie } })
  expect([renewed.headers['set-cookie']].flat().join()).toContain('marquee_refresh=refresh-2')
  expect(renewed.headers['cache-control']).not.toContain('public')
  const plain = await door.app.inject({ url: '/' })
  expect(plain.headers['set-cookie']).toBeUndefined()
  expect(plain.headers['cache-control']).toContain('public')
})

it('lets nobody keep a personal answer', async () => {
  const door = await renewingDoor()
  const headers = { authorization: `Bearer ${await door.token(user.id)}` }
  const mine = await door.app.inject({ url: '/api/me', headers })
  expect(mine.statusCode).toBe(200)
  expect(mine.headers['cache-control']).toBe('no-store')
  expect((await door.app.inject({ url: '/api/me' })).headers['cache-control']).toBe('no-store')
})

it('takes a visitor as a guest for now, and a program for later, while nobody shows the keys of tokens', async () => {
  const door = await renewingDoor({
    identity: { jwks: () => fail('unavailable'), refresh: () => fail('unavailable') },
    render: (request) =>
      new Response(new URL(request.url).pathname, { headers: { 'content-type': 'text/html' } }),
  })
  const token = await door.token(user.id)
  const page = await door.app.inject({
    url: '/login',
    headers: { cookie: `marquee_access=${token}; marquee_refresh=refresh-1` },
  })
  expect(page.statusCode).toBe(200)
  expect(page.headers['set-cookie']).toBeUndefined()
  const program = await door.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}` } })
  expect(program.statusCode).toBe(503)
  expect(Number(program.headers['retry-after'])).toBeGreaterThan(0)
})

it('gives a browser its new cookies also when nobody can say yet whose they are', async () => {
  const door = await renewingDoor({ identity: { jwks: () => fail('unavailable') } })
  const answer = await door.app.inject({ url: '/api/me', headers: { cookie } })
  expect([answer.headers['set-cookie']].flat().join()).toContain('marquee_refresh=refresh-2')
})

it('asks nobody about made-up tokens once a network has used up its calls', async () => {
  let asked = 0
  const door = await renewingDoor({
    limits: { default: { perIdentity: 5, perNetwork: 2, windowSeconds: 60 } },
    identity: {
      refresh: () => {
        asked += 1
        return fail('session-ended')
      },
    },
  })
  const ask = (headers: Record<string, string>) => door.app.inject({ url: '/api/me', headers })
  const bearer = { authorization: 'Bearer made-up' }
  const statuses = [await ask(bearer), await ask(bearer), await ask(bearer), await ask({ cookie })]
  expect(statuses.map((one) => one.statusCode)).toEqual([401, 401, 429, 429])
  expect(asked).toBe(0)
  expect(statuses.at(-1)?.headers['set-cookie']).toBeUndefined()
})

it('tells one person’s limit from a network’s', async () => {
  const door = await renewingDoor({
    limits: { default: { perIdentity: 1, perNetwork: 20, windowSeconds: 60 } },
  })
  const ask = async (who: string) => {
    const headers = { authorization: `Bearer ${await door.token(who)}` }
    return (await door.app.inject({ url: '/api/me', headers })).statusCode
  }
  expect([await ask('ada'), await ask('ada'), await ask('bob')]).toEqual([200, 429, 200])
})

it('forgets the cookies of whoever logs out while nobody can end the session', async () => {
  const door = await renewingDoor({
    identity: { refresh: () => fail('unavailable'), logout: () => fail('unavailable') },
  })
  const answer = await door.app.inject({
    method: 'POST',
    url: '/api/auth/logout',
    payload: {},
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  })
  expect(answer.statusCode).toBe(503)
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  expect([answer.headers['set-cookie']].flat().join()).toContain('marquee_refresh=; Max-Age=0')
})

it('goes by one correlation id when it asks others, and says it in the problem too', async () => {
  const heard: string[] = []
  const door = await renewingDoor({
    identity: {
      login: (_wish: never, { correlationId }: { correlationId: string }) => {
        heard.push(correlationId)
        return fail('invalid-credentials')
      },
    },
  })
  const answer = await door.app.inject({
    method: 'POST',
    url: '/api/auth/login',
    payload: { email: 'a@example.org', password: 'x' },
    headers: { 'x-correlation-id': 'my-request-7' },
  })
  expect(answer.headers['x-correlation-id']).toBe('my-request-7')
  expect(answer.json().correlationId).toBe('my-request-7')
  expect(heard).toEqual(['my-request-7'])
})

it('answers a balancer that asks how it is, however many came from its address', async () => {
  const door = await renewingDoor({
    limits: { default: { perIdentity: 5, perNetwork: 1, windowSeconds: 60 } },
    install: (app) =>
      void app.get('/health/live', { config: { neverRefused: true } }, () => ({ status: 'live' })),
  })
  for (let asked = 0; asked < 3; asked++)
    expect((await door.app.inject({ url: '/health/live' })).statusCode).toBe(200)
  // What only looks like it is counted as anything else.
  const others = [1, 2].map(() => door.app.inject({ url: '/health/anything' }))
  expect((await Promise.all(others)).map(({ statusCode }) => statusCode)).toEqual([404, 429])
})

it('tells caches that answers differ by the site that asks, where other sites may call', async () => {
  const site = 'https://listings.example'
  const door = await renewingDoor({
    corsOrigins: [site],
    identity: { jwks: () => ({ keys: [] }) },
  })
  const url = '/api/auth/jwks.json'
  const theirs = await door.app.inject({ url, headers: { origin: site } })
  expect(theirs.headers['access-control-allow-origin']).toBe(site)
  for (const answer of [theirs, await door.app.inject({ url })]) {
    expect(answer.headers.vary).toMatch(/Origin/)
    expect(answer.headers.vary).toMatch(/Accept-Encoding/)
  }
})
