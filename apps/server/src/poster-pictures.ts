import type { moviesContract } from '@marquee/contracts/movies'
import { fail, type Methods } from '@marquee/kit/contract'
import { sendProblem } from '@marquee/kit/http'
import { GuardError, guarded } from '@marquee/kit/resilience'
import { poster } from '@marquee/web/posters'
import { renderAsync } from '@resvg/resvg-js'
import type { FastifyInstance } from 'fastify'

export type PosterPicturesDeps = { movies: Pick<Methods<typeof moviesContract.endpoints>, 'attempt'> }

const kept = 200
// Drawing takes a third of a second of a thread that passwords and files wait for, too.
const oneByOne = { calls: 1, waiting: 7 }

/** `/posters/<movie id>.png`, 480 by 720: what a shared link shows. They are drawn one after the other, and each is kept. */
export function posterPictures(app: FastifyInstance, { movies }: PosterPicturesDeps): void {
  const pictures = new Map<string, Promise<Buffer>>()
  const drawInTurn = guarded(
    { name: 'posters.draw', deadlineMilliseconds: 20_000, atOnce: oneByOne },
    (_signal, svg: string) => draw(svg),
  )

  app.get<{ Params: { movieId: string } }>('/posters/:movieId.png', async (request, reply) => {
    const film = await movies.attempt.getMovie({ movieId: request.params.movieId })
    if (!film.ok) return reply.callNotFound()
    const { id, title, year, genres } = film.value
    const key = JSON.stringify([id, title, year, genres])
    const picture = pictures.get(key) ?? drawInTurn(poster({ id, title, year, genres }))
    pictures.delete(key)
    pictures.set(key, picture)
    // Drawn again when it failed; what nobody asked for longest goes first when there are too many.
    picture.then(dropOldest, () => pictures.delete(key))
    const drawn = await picture.catch((error: unknown) => {
      if (!(error instanceof GuardError)) throw error
    })
    if (!drawn)
      return sendProblem(
        reply,
        fail('unavailable', undefined, 'Too many posters are being drawn', { 'retry-after': '5' }),
        request.id,
      )
    return reply.type('image/png').header('cache-control', 'public, max-age=86400').send(drawn)
  })

  function dropOldest(): void {
    for (const oldest of pictures.keys()) {
      if (pictures.size <= kept) break
      pictures.delete(oldest)
    }
  }
}

const draw = async (svg: string): Promise<Buffer> =>
  (await renderAsync(svg, { fitTo: { mode: 'width', value: 480 }, font: { loadSystemFonts: false } })).asPng()
