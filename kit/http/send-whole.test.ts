import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { createHttpApp } from './app.ts'
import { sayAlways, sayLast } from './last-word.ts'
import { sendWhole } from './send-whole.ts'

const said = { 'content-type': 'text/plain', 'referrer-policy': 'no-referrer' }

/** An application that gives the same answers twice, once in Fastify's way. */
function bothWays(status: number, body: string | Uint8Array | undefined) {
  const app = createHttpApp({ onBug: () => {} })
  sayAlways(app, { 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' })
  sayLast(app, (_request, reply) => {
    reply.header('cache-control', reply.hasHeader('set-cookie') ? 'private' : 'public')
  })
  app.get('/whole', (_request, reply) => {
    reply.code(status).headers(said).header('set-cookie', 'a=1')
    sendWhole(reply.header('set-cookie', 'b=2'), body)
  })
  app.get('/usual', (_request, reply) => {
    reply.code(status).headers(said).header('set-cookie', 'a=1')
    reply.header('set-cookie', 'b=2').send(typeof body === 'object' ? Buffer.from(body) : body)
  })
  return async (url: string, method: InjectOptions['method'] = 'GET') => {
    const { statusCode, headers, payload } = await app.inject({
      method,
      url,
      headers: { 'x-correlation-id': 'c-1' },
    })
    const { date: _date, ...head } = headers
    return { statusCode, head, payload }
  }
}

const answers: [string, number, string | Uint8Array | undefined][] = [
  ['text', 200, 'Amélie'],
  ['bytes', 200, Buffer.from('Amélie')],
  ['an empty text', 200, ''],
  ['nothing', 200, undefined],
  ['a refusal', 404, '{"code":"not-found"}'],
]
for (const [kind, status, body] of answers) {
  test(`${kind} goes out as if Fastify had sent it, for GET and for HEAD`, async () => {
    const ask = bothWays(status, body)
    const whole = await ask('/whole')
    expect(whole).toEqual(await ask('/usual'))
    expect(whole).toMatchObject({
      statusCode: status,
      payload: body?.toString() ?? '',
      head: { ...said, 'x-frame-options': 'DENY', 'cache-control': 'private', 'set-cookie': ['a=1', 'b=2'] },
    })
    expect(await ask('/whole', 'HEAD')).toEqual(await ask('/usual', 'HEAD'))
  })
}

test('what has no body says nothing of its length', async () => {
  for (const status of [204, 304]) {
    const { statusCode, head, payload } = await bothWays(status, undefined)('/whole')
    expect([statusCode, head['content-length'], payload]).toEqual([status, undefined, ''])
  }
})
