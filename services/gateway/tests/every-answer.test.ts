import type { InjectOptions } from 'fastify'
import { expect, it } from 'vitest'
import { openDoor } from './open-door.ts'

const me = {
  id: '019a0000-0000-7000-8000-000000000001',
  email: 'a@example.org',
  name: 'A',
  handle: 'aaa',
  roles: ['user'],
  preferences: { theme: 'system', language: 'en' },
  emailVerified: false,
  version: 1,
  theaters: [],
}
const movieId = '019a0000-0000-7000-8000-0000000000aa'

const kinds: [string, InjectOptions][] = [
  ['a service’s answer', { url: '/api/me' }],
  ['a refusal of whom nobody knows', { url: '/api/me', headers: { authorization: '' } }],
  ['a refusal of a token', { url: '/api/me', headers: { authorization: 'Bearer nonsense' } }],
  ['an answer from the cache', { url: `/api/movies/${movieId}` }],
  ['no such address', { url: '/api/nowhere' }],
  ['a method that nothing takes', { url: '/api/me', method: 'PUT' }],
  ['a body that cannot be read', { url: '/api/auth/login', method: 'POST', payload: '{' }],
  ['the documentation', { url: '/api/docs' }],
  ['the head alone', { url: '/api/me', method: 'HEAD' }],
]
it.each(kinds)('%s is neither framed nor sniffed, and says what may be kept of it', async (_, wish) => {
  const door = await openDoor({ identity: { getMe: () => me } })
  const authorization = `Bearer ${await door.token(me.id)}`
  const answer = await door.app.inject({
    ...wish,
    headers: { authorization, 'content-type': 'application/json', ...wish.headers },
  })
  expect(answer.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('microphone=()'),
    'cache-control': expect.any(String),
    'x-correlation-id': expect.any(String),
  })
})
