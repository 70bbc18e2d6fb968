import { createHttpApp } from '@marquee/kit/http'
import { expect, it } from 'vitest'
import { posterPictures } from './poster-pictures.ts'

function wall() {
  const app = createHttpApp({ onBug: () => {} })
  const getMovie = async ({ movieId: id }: { movieId: string }) =>
    ({
      ok: true,
      status: 200,
      headers: {},
      value: { id, title: `Film ${id}`, year: 1931, genres: [] },
    }) as never
  posterPictures(app, { movies: { attempt: { getMovie } as never } })
  return (film: number) => app.inject(`/posters/${film}.png`)
}

it('a poster is drawn once for all who ask, and whoever asks for ever more is turned away for now', async () => {
  const ask = wall()
  const crowd = await Promise.all([...Array.from({ length: 10 }, (_, at) => ask(at)), ask(0)])
  const statuses = crowd.map(({ statusCode }) => statusCode)
  expect(statuses).toEqual([...Array(8).fill(200), 503, 503, 200])
  expect(crowd[0]?.rawPayload.equals(crowd[10]?.rawPayload ?? Buffer.alloc(0))).toBe(true)
  expect(crowd[8]?.headers['retry-after']).toBe('5')
  expect((await ask(8)).statusCode).toBe(200)
})
