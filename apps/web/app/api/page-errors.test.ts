import { expect, test } from 'vitest'
import { asPages } from './page-errors.ts'

const problem = (status: number) => Object.assign(new Error('problem'), { status, problem: {} })
const api = asPages({
  theaters: {
    listTheaters: async (given: number): Promise<string> => {
      if (given === 0) return 'theaters'
      throw given === 1 ? new TypeError('a bug') : problem(given)
    },
    attempt: { listTheaters: async () => ({ ok: false, status: 503 }) },
  },
})

test('a service that is away makes a page that says so, and what cannot be asked for is not found', async () => {
  expect(await api.theaters.listTheaters(0)).toBe('theaters')
  await expect(api.theaters.listTheaters(503)).rejects.toMatchObject({ init: { status: 503 } })
  await expect(api.theaters.listTheaters(422)).rejects.toMatchObject({ init: { status: 404 } })
})

test('a bug stays one, and whoever asks for problems gets them', async () => {
  await expect(api.theaters.listTheaters(1)).rejects.toThrow('a bug')
  expect(await api.theaters.attempt.listTheaters()).toEqual({ ok: false, status: 503 })
})
