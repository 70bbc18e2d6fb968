import { expect, test } from 'vitest'
import { createHttpApp } from './app.ts'

async function open() {
  const app = createHttpApp({ onBug: () => {} })
  app.get('/api/orders/:orderId', () => 'an order')
  app.register(async (scope) => void scope.patch('/api/orders/:orderId', () => 'changed'))
  app.delete('/api/orders/mine', () => 'gone')
  app.get('/api/orders/:orderId/calendar.ics', () => 'a calendar')
  app.get('/api/pictures/:name', (_request, reply) => reply.callNotFound())
  app.get('/films', () => 'a page')
  app.all('/api/*', (_request, reply) => reply.callNotFound())
  await app.ready()
  return async (method: 'GET' | 'POST' | 'PUT' | 'HEAD' | 'OPTIONS', url: string) => {
    const { statusCode, headers, body } = await app.inject({ method, url })
    return { status: statusCode, allow: headers.allow, code: body && JSON.parse(body).code }
  }
}

test('who asks an address of the API in a way it does not take is told which ways it takes', async () => {
  const ask = await open()
  const refused = { status: 405, allow: 'GET, HEAD, PATCH', code: 'method-not-allowed' }
  expect(await ask('PUT', '/api/orders/42')).toEqual(refused)
  expect(await ask('POST', '/api/orders/a%20b?method=GET')).toEqual(refused)
  expect(await ask('OPTIONS', '/api/orders/42')).toEqual(refused)
  expect(await ask('POST', '/api/orders/mine')).toMatchObject({ allow: 'DELETE, GET, HEAD, PATCH' })
  expect(await ask('PUT', '/api/orders/42/calendar.ics')).toMatchObject({ status: 405, allow: 'GET, HEAD' })
})

test('an address that is none, or where there is nothing to get, is not found whatever the way', async () => {
  const ask = await open()
  const nothing = { status: 404, allow: undefined, code: 'not-found' }
  expect(await ask('PUT', '/api/orders')).toEqual(nothing)
  expect(await ask('PUT', '/api/orders/42/calendar-ics')).toEqual(nothing)
  expect(await ask('PUT', '/api/orders/42/')).toEqual(nothing)
  expect(await ask('GET', '/api/pictures/none')).toEqual(nothing)
  expect(await ask('POST', '/films')).toEqual(nothing)
})
