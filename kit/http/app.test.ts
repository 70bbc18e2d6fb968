import { expect, test } from 'vitest'
import { createHttpApp } from './app.ts'

test('an address that cannot be decoded is answered as a problem like any other', async () => {
  const app = createHttpApp({ onBug: () => {} })
  app.get('/films/:id', () => 'a film')
  const answer = await app.inject('/films/%ff')
  expect(answer.statusCode).toBe(400)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({ code: 'bad-request', detail: 'The address could not be read' })
})
