import { createStaticHandler } from 'react-router'
import { expect, test } from 'vitest'
import { loader } from './poster.ts'

const film = { id: 'one', title: 'Metropolis', year: 1927, genres: [] }
const answers: Record<string, unknown> = {
  one: { ok: true, status: 200, value: film },
  gone: { ok: false, status: 404, problem: { status: 404, code: 'not-found', title: 'Not found' } },
  away: { ok: false, status: 503, problem: { status: 503, code: 'unavailable', title: 'Unavailable' } },
}
const unread = {
  ok: false,
  status: 422,
  problem: { status: 422, code: 'invalid-input', title: 'Invalid input' },
}
const movies = { attempt: { getMovie: async ({ movieId = '' }) => answers[movieId] ?? unread } }

/** What the site answers to whoever asks for a file of posters. */
async function ask(file: string): Promise<Response> {
  const { queryRoute } = createStaticHandler([{ id: 'poster', path: '/posters/:file', loader }])
  const request = new Request(`http://cinema.example/posters/${file}`)
  return queryRoute(request, { requestContext: { get: () => ({ api: { movies } }) } as never })
}

test('a film has a poster', async () => {
  const answer = await ask('one.svg')
  expect(answer.headers.get('content-type')).toContain('image/svg+xml')
  expect(await answer.text()).toContain('<svg')
})

test.each(['nonsense', 'nonsense.svg', 'gone.svg', 'one.gif'])(
  'nothing is at /posters/%s, and that is said as everywhere',
  async (file) => {
    const answer = await ask(file)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ status: 404, code: 'not-found', title: 'Not found' })
  },
)

test('a poster that cannot be drawn just now is not said to be missing', async () => {
  expect(await (await ask('away.svg')).json()).toMatchObject({ status: 503, code: 'unavailable' })
})
