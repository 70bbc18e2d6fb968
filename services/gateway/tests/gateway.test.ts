import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { describe, expect, it } from 'vitest'
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
const session = (accessToken: string, refreshToken: string) => ({
  user,
  accessToken,
  expiresIn: 600,
  refreshToken,
})
const me = { ...user, theaters: [] }
const movieId = '019a0000-0000-7000-8000-0000000000aa'
const movie = (title: string) => ({
  id: movieId,
  title,
  year: 1958,
  releaseDate: null,
  runtimeMinutes: 128,
  genres: [],
  certificate: null,
  posterUrl: '/p',
  rating: { average: null, count: 0 },
  originalTitle: null,
  overview: '',
  cast: [],
  directors: [],
  languages: [],
  countries: [],
  externalIds: {},
  version: 1,
})

describe('sessions at the door', () => {
  it('gives a browser cookies and keeps the refresh token out of the body', async () => {
    const door = await openDoor({ identity: { login: () => session('access', 'refresh-1') } })
    const answer = await door.app.inject({
      method: 'POST',
      url: '/api/auth/login',
      payload: { email: 'a@example.org', password: 'x' },
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).not.toHaveProperty('refreshToken')
    const cookies = [answer.headers['set-cookie']].flat().join('\n')
    expect(cookies).toMatch(/marquee_access=access; .*HttpOnly/)
    expect(cookies).toMatch(/marquee_refresh=refresh-1; .*SameSite=Lax/)
  })
  it('gives a program its tokens and no cookies', async () => {
    const door = await openDoor({ identity: { login: () => session('access', 'refresh-1') } })
    const answer = await door.app.inject({
      method: 'POST',
      url: '/api/auth/login',
      payload: { email: 'a@example.org', password: 'x', session: 'token' },
    })
    expect(answer.json().refreshToken).toBe('refresh-1')
    expect(answer.headers['set-cookie']).toBeUndefined()
  })
  it('refreshes once for ten parallel requests of a page', async () => {
    let refreshes = 0
    const door = await openDoor({
      identity: {
        getMe: () => me,
        refresh: async () => {
          refreshes += 1
          return session(await door.token(user.id), 'refresh-2')
        },
      },
    })
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        door.app.inject({ method: 'GET', url: '/api/me', headers: { cookie: 'marquee_refresh=refresh-1' } }),
      ),
    )
    expect(answers.map((one) => one.statusCode)).toEqual(Array(10).fill(200))
    expect(refreshes).toBe(1)
    expect([answers[0]?.headers['set-cookie']].flat().join()).toContain('marquee_refresh=refresh-2')
  })
  it('clears the cookies of a session that ended, and asks to log in', async () => {
    const { fail } = await import('@marquee/kit/contract')
    const door = await openDoor({ identity: { refresh: () => fail('session-ended') } })
    const answer = await door.app.inject({
      method: 'GET',
      url: '/api/me',
      headers: { cookie: 'marquee_refresh=old' },
    })
    expect(answer.statusCode).toBe(401)
    expect([answer.headers['set-cookie']].flat().join()).toContain('marquee_refresh=; Max-Age=0')
  })
  it('turns a revoked session away within one look at the list', async () => {
    let ended: { sessionId: string }[] = []
    const door = await openDoor({
      identity: { getMe: () => me, listRevocations: () => ({ items: ended, last: 1 }) },
    })
    const ask = async (token: string) =>
      (
        await door.app.inject({
          method: 'GET',
          url: '/api/me',
          headers: { authorization: `Bearer ${token}` },
        })
      ).statusCode
    const token = await door.token(user.id, 's9')
    expect(await ask(token)).toBe(200)
    ended = [{ sessionId: 's9' }]
    for (const job of door.jobs) await job.work(new AbortController().signal)
    expect(await ask(token)).toBe(401)
  })
  it('turns a session away at once when it hears that it ended', async () => {
    const door = await openDoor({ identity: { getMe: () => me } })
    const token = await door.token(user.id, 's9')
    const headers = { authorization: `Bearer ${token}` }
    const ask = async () => (await door.app.inject({ method: 'GET', url: '/api/me', headers })).statusCode
    expect(await ask()).toBe(200)
    door.live.signal('identity.sessions-ended', { sessionIds: ['s9'] })
    await door.live.settle()
    expect(await ask()).toBe(401)
  })
  it('does not take a caller from a header that outsiders may set', async () => {
    const door = await openDoor({ identity: { getMe: () => me } })
    const answer = await door.app.inject({
      method: 'GET',
      url: '/api/me',
      headers: { 'x-marquee-caller': 'anything' },
    })
    expect(answer.statusCode).toBe(401)
  })
  it('has no door to what services ask each other', async () => {
    const door = await openDoor({})
    for (const method of ['GET', 'POST', 'PUT'] as const)
      expect((await door.app.inject({ method, url: '/internal/identity/seed' })).statusCode).toBe(404)
  })
  it('ends no session for a body that says something else', async () => {
    const door = await openDoor({ identity: { logout: () => undefined } })
    const answer = await door.app.inject({ method: 'POST', url: '/api/auth/logout', payload: [] })
    expect(answer.statusCode).toBe(422)
  })
  it('refuses a change in a visitor’s name from another site', async () => {
    const door = await openDoor({ identity: { updateMe: () => me } })
    const cookie = `marquee_access=${await door.token(user.id)}`
    const send = (site: string) =>
      door.app.inject({
        method: 'PATCH',
        url: '/api/me',
        payload: { name: 'B' },
        headers: { cookie, 'sec-fetch-site': site },
      })
    expect((await send('cross-site')).statusCode).toBe(403)
    expect((await send('same-origin')).statusCode).toBe(200)
  })
})

describe('the response cache', () => {
  it('asks the service once and answers 304 to who has it already', async () => {
    let asked = 0
    const door = await openDoor({ movies: { getMovie: () => movie(`Vertigo ${++asked}`) } })
    const first = await door.app.inject({ method: 'GET', url: `/api/movies/${movieId}` })
    const second = await door.app.inject({
      method: 'GET',
      url: `/api/movies/${movieId}`,
      headers: { 'if-none-match': String(first.headers.etag) },
    })
    expect(first.json().title).toBe('Vertigo 1')
    expect(second.statusCode).toBe(304)
    expect(asked).toBe(1)
  })
  it('never shows an edited film’s old page to who asks after the edit', async () => {
    let title = 'Vertgio'
    const door = await openDoor({ movies: { getMovie: () => movie(title) } })
    await door.app.inject({ method: 'GET', url: `/api/movies/${movieId}` })
    title = 'Vertigo'
    await door.cache.invalidate([`movie:${movieId}`])
    expect((await door.app.inject({ method: 'GET', url: `/api/movies/${movieId}` })).json().title).toBe(
      'Vertigo',
    )
  })
  it('knows a film also by an address in capitals', async () => {
    let title = 'Vertgio'
    const door = await openDoor({ movies: { getMovie: () => movie(title) } })
    const url = `/api/movies/${movieId.toUpperCase()}`
    await door.app.inject({ method: 'GET', url })
    title = 'Vertigo'
    await door.cache.invalidate([`movie:${movieId}`])
    expect((await door.app.inject({ method: 'GET', url })).json().title).toBe('Vertigo')
  })
  it('does not keep problems', async () => {
    const { fail } = await import('@marquee/kit/contract')
    let there = false
    const door = await openDoor({
      movies: { getMovie: () => (there ? movie('Vertigo') : fail('not-found')) },
    })
    expect((await door.app.inject({ method: 'GET', url: `/api/movies/${movieId}` })).statusCode).toBe(404)
    there = true
    expect((await door.app.inject({ method: 'GET', url: `/api/movies/${movieId}` })).statusCode).toBe(200)
  })
})

describe('limits', () => {
  it('answers 429 with the seconds to wait, and lets the next window in', async () => {
    const door = await openDoor({ limits: { default: { perIdentity: 5, perNetwork: 2, windowSeconds: 60 } } })
    const ask = () => door.app.inject({ method: 'POST', url: '/api/auth/logout', payload: {} })
    await ask()
    await ask()
    const third = await ask()
    expect(third.statusCode).toBe(429)
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0)
    door.pass({ seconds: 60 })
    expect((await ask()).statusCode).not.toBe(429)
  })
  it('counts what is booked by a plain form as it counts bookings', async () => {
    const door = await openDoor({
      limits: { booking: { perIdentity: 1, perNetwork: 1, windowSeconds: 60 } },
      render: () => new Response(),
    })
    const ask = (method: 'GET' | 'POST') => door.app.inject({ method, url: `/shows/${movieId}` })
    expect((await ask('POST')).statusCode).toBe(200)
    expect((await ask('POST')).statusCode).toBe(429)
    expect((await ask('GET')).statusCode).toBe(200)
  })
})

describe('pages', () => {
  it('lets only scripts run that the site itself wrote', async () => {
    const door = await openDoor({
      render: (_request, nonce) =>
        new Response(`<script nonce="${nonce}">ours()</script><script>theirs()</script>`, {
          headers: { 'content-type': 'text/html' },
        }),
    })
    const answer = await door.app.inject({ method: 'GET', url: '/' })
    const policy = String(answer.headers['content-security-policy'])
    expect(policy.match(/'sha256-/g)).toHaveLength(1)
    expect(policy).not.toContain("script-src 'self' 'unsafe-inline'")
    expect(answer.body).not.toContain('nonce=')
  })
  it('renders a public page for nobody in particular, whoever asks', async () => {
    const seen: (string | null)[] = []
    const door = await openDoor({
      render: (request) => {
        seen.push(request.headers.get('cookie'))
        return new Response('<p>tonight</p>', { headers: { 'content-type': 'text/html' } })
      },
    })
    await door.app.inject({
      method: 'GET',
      url: '/',
      headers: { cookie: `marquee_access=${await door.token(user.id)}; theme=dark` },
    })
    expect(seen).toEqual(['theme=dark'])
  })
  it('keeps one copy of a public page whatever is added to its address', async () => {
    const seen: string[] = []
    const door = await openDoor({
      render: (request) => {
        seen.push(new URL(request.url).search)
        return new Response('<p>tonight</p>', { headers: { 'content-type': 'text/html' } })
      },
    })
    for (const url of ['/?date=2026-11-21&utm=1', '/?utm=2&date=2026-11-21', '/?x=3', '/', '/?date=&date=2'])
      expect((await door.app.inject({ method: 'GET', url })).statusCode).toBe(200)
    expect(seen).toEqual(['?date=2026-11-21', '', '?date='])
  })
  it('is of this site whatever address is asked for', async () => {
    const seen: string[] = []
    const door = await openDoor({
      render: (request) => {
        seen.push(request.url)
        return new Response('<p>there is nothing here</p>', { status: 404 })
      },
    })
    const origin = new URL(await door.app.listen({ port: 0, host: '127.0.0.1' }))
    for (const path of [
      '//',
      '///',
      '//:80',
      '//elsewhere.example/account',
      'http://elsewhere.example/account',
    ])
      expect(await statusOf(origin.port, path), path).toBe(404)
    expect(new Set(seen.map((url) => new URL(url).host))).toEqual(new Set(['cinema.example']))
    expect(door.bugs).toEqual([])
    await door.app.close()
  })
})

/** Sends an address as it is, which no client does that means well. */
async function statusOf(port: string, path: string): Promise<number | undefined> {
  const asked = request({ port, path, host: '127.0.0.1', agent: false })
  asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  return answer.statusCode
}
