import { expect, test } from 'vitest'
import { isPassing, orStillShown } from './or-still-shown.ts'

const refused = (status: number) => ({ status, statusText: '', internal: false, data: null })
const again = (error: unknown) => orStillShown(Promise.reject(error), 'the ticket')

test('a page that is read anew stays as it is while the house is asked too often, is away, or is out of reach', async () => {
  expect(await again(refused(429))).toBe('the ticket')
  expect(await again(refused(503))).toBe('the ticket')
  expect(await again(new TypeError('Failed to fetch'))).toBe('the ticket')
  expect([0, 429, 500, 503].filter(isPassing)).toEqual([0, 429, 500, 503])
})

test('what is gone is gone, and a page that shows nothing yet has nothing to keep', async () => {
  await expect(again(refused(404))).rejects.toMatchObject({ status: 404 })
  await expect(orStillShown(Promise.reject(refused(429)), undefined)).rejects.toMatchObject({ status: 429 })
  expect([200, 401, 404].filter(isPassing)).toEqual([])
})

test('what came anew is shown', async () => {
  expect(await orStillShown(Promise.resolve('the new ticket'), 'the ticket')).toBe('the new ticket')
})
