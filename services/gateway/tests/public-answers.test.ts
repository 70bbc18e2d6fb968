import { moviesContract } from '@marquee/contracts/movies'
import { overrideDeadlines } from '@marquee/kit/contract'
import { currentCorrelationId } from '@marquee/kit/telemetry'
import { afterEach, expect, it } from 'vitest'
import { openDoor } from './open-door.ts'

afterEach(() => overrideDeadlines(new Map()))

const movieId = '019a0000-0000-7000-8000-0000000000aa'
const film = {
  id: movieId,
  title: 'Vertigo',
  year: 1958,
  releaseDate: null,
  runtimeMinutes: 128,
  genres: [],
  certificate: null,
  posterUrl: '/p',
  rating: { average: null, count: 0 },
  originalTitle: null,
  overview: 'Long enough to be worth compressing. '.repeat(60),
  cast: [],
  directors: [],
  languages: [],
  countries: [],
  externalIds: {},
  version: 1,
}
const html = { headers: { 'content-type': 'text/html' } }

it('keeps nobody waiting for a service that hangs, however public the answer', async () => {
  overrideDeadlines(new Map([[moviesContract.endpoints.getMovie, 30]]))
  const door = await openDoor({ movies: { getMovie: () => new Promise(() => {}) } })
  const answer = await door.app.inject({ url: `/api/movies/${movieId}` })
  expect(answer.statusCode).toBe(504)
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
})

it('has what a public answer causes carry the correlation id of who asked first', async () => {
  const heard: (string | undefined)[] = []
  const door = await openDoor({
    movies: {
      getMovie: () => {
        heard.push(currentCorrelationId())
        return film
      },
    },
  })
  await door.app.inject({ url: `/api/movies/${movieId}`, headers: { 'x-correlation-id': 'my-request-8' } })
  expect(heard).toEqual(['my-request-8'])
})

it('sends no encoding that a client says it does not take', async () => {
  const door = await openDoor({ movies: { getMovie: () => film } })
  const encodingFor = async (accepts: string) =>
    (await door.app.inject({ url: `/api/movies/${movieId}`, headers: { 'accept-encoding': accepts } }))
      .headers['content-encoding']
  expect(await encodingFor('br;q=0, gzip')).toBe('gzip')
  expect(await encodingFor('gzip; q=0.0, br;q=0')).toBeUndefined()
  expect(await encodingFor('gzip, deflate, br')).toBe('br')
  expect(await encodingFor('br;q=0.5')).toBe('br')
})

it('takes a plain form under any address that visitors know the site by, and none from elsewhere', async () => {
  const origins: (string | null)[] = []
  const door = await openDoor({
    render: (request) => {
      origins.push(request.headers.get('origin'))
      return new Response('<p>held</p>', html)
    },
  })
  const post = (headers: Record<string, string>) =>
    door.app.inject({
      method: 'POST',
      url: '/shows/1',
      headers: { 'content-type': 'application/x-www-form-urlencoded', host: '192.168.0.7:3000', ...headers },
      payload: 'adult=2',
    })
  await post({ origin: 'http://192.168.0.7:3000', 'sec-fetch-site': 'same-origin' })
  await post({ origin: 'http://192.168.0.7:3000' })
  await post({ origin: 'http://elsewhere.example', 'sec-fetch-site': 'cross-site' })
  await post({ origin: 'http://elsewhere.example' })
  // The site itself takes a form that says it comes from the address the site was told.
  expect(origins).toEqual([
    'http://cinema.example',
    'http://cinema.example',
    'http://elsewhere.example',
    'http://elsewhere.example',
  ])
})

it('writes a public page in the first language of a browser’s wishes that there is', async () => {
  const asked: (string | null)[] = []
  const door = await openDoor({
    render: (request) => {
      asked.push(request.headers.get('accept-language'))
      return new Response('<p>tonight</p>', html)
    },
  })
  for (const wishes of ['fr-FR, de;q=0.8, en;q=0.5', 'fr, en-GB, de'])
    await door.app.inject({ url: '/', headers: { 'accept-language': wishes } })
  expect(asked).toEqual(['de', 'en'])
})

it('tells whoever is turned away under load when to come back, before anybody knows who they are', async () => {
  const door = await openDoor({
    install: (app) =>
      void app.addHook('onRequest', async (_request, reply) =>
        reply.code(503).header('retry-after', '3').send('too busy'),
      ),
  })
  for (const method of ['GET', 'POST'] as const)
    expect(await door.app.inject({ method, url: '/api/movies' })).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '3' },
    })
})
