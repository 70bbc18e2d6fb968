import { type LoaderFunctionArgs, RouterContextProvider } from 'react-router'
import { expect, test } from 'vitest'
import { webContext } from '../../context.ts'
import { loader } from './show-page.tsx'

const hour = 3_600_000
const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString()
const found = (value: object) => async () => ({ ok: true, status: 200, value })
const missing = { ok: false, status: 404, problem: { status: 404 } }

/** The page of a show that is on sale, of which booking hears only after so many questions. */
function pageOf(deafFor: number) {
  let asked = 0
  const show = { id: 's', layoutId: 'l', theaterId: 't', movieId: 'm', status: 'scheduled' }
  const onSale = { ...show, salesFrom: at(-hour), onlineUntil: at(hour) }
  const api = {
    theaters: { attempt: { getShow: found(onSale), getLayout: found({}), getTheater: found({}) } },
    movies: { attempt: { getMovie: async () => missing } },
    booking: {
      attempt: {
        getSeats: async () => {
          asked += 1
          return asked > deafFor ? { ok: true, status: 200, value: { version: 7, taken: ['A1'] } } : missing
        },
      },
    },
  }
  const context = new RouterContextProvider()
  context.set(webContext, { api, origin: '', demo: false } as never)
  return loader({ params: { showId: 's' }, context } as unknown as LoaderFunctionArgs)
}

test('a show that is put on sale this moment is not said to be missing: who comes at once waits for its seats', async () => {
  expect((await pageOf(2)).seats).toEqual({ version: 7, taken: ['A1'] })
})

test('a show whose seats nobody knows is there in a moment, not nowhere', async () => {
  await expect(pageOf(1000)).rejects.toMatchObject({ init: { status: 503 } })
})
