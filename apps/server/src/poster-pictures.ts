import type { moviesContract } from '@marquee/contracts/movies'
import { fail, type Methods } from '@marquee/kit/contract'
import { sendProblem } from '@marquee/kit/http'
import { poster } from '@marquee/web/posters'
import { renderAsync } from '@resvg/resvg-js'
import type { FastifyInstance } from 'fastify'

export type PosterPicturesDeps = { movies: Pick<Methods<typeof moviesContract.endpoints>, 'attempt'> }

const kept = 200
// Drawing takes a third of a second of a thread that passwords and files wait for, too.
const mostWaiting = 8

/** `/posters/<movie id>.png`, 480 by 720: what a shared link shows. They are drawn one after the other, and each is kept. */
export function posterPictures(app: FastifyInstance, { movies }: PosterPicturesDeps): void {
  const pictures = new Map<string, Promise<Buffer>>()
  const drawInTurn = createTurns(mostWaiting, draw)

  app.get<{ Params: { movieId: string } }>('/posters/:movieId.png', async (request, reply) => {
    const film = await movies.attempt.getMovie({ movieId: request.params.movieId })
    if (!film.ok) return reply.callNotFound()
    const { id, title, year, genres } = film.value
    const key = JSON.stringify([id, title, year, genres])
    const picture = pictures.get(key) ?? drawInTurn(() => poster({ id, title, year, genres }))
    if (!picture)
      return sendProblem(
        reply,
        fail('unavailable', undefined, 'Too many posters are being drawn', { 'retry-after': '5' }),
        request.id,
      )
    // Drawn again when it failed; what nobody asked for longest goes first when there are too many.
    picture.catch(() => pictures.delete(key))
    pictures.delete(key)
    pictures.set(key, picture)
    for (const oldest of pictures.keys()) {
      if (pictures.size <= kept) break
      pictures.delete(oldest)
    }
    return reply
      .type('image/png')
      .header('cache-control', 'public, max-age=86400')
      .send(await picture)
  })
}

/** Does one piece of work after the other; undefined once too many wait. */
function createTurns<Given, Made>(most: number, work: (given: Given) => Promise<Made>) {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return (give: () => Given): Promise<Made> | undefined => {
    if (waiting >= most) return undefined
    waiting += 1
    const made = last.then(() => work(give()))
    last = made.catch(() => {}).then(() => (waiting -= 1))
    return made
  }
}

const draw = async (svg: string): Promise<Buffer> =>
  (await renderAsync(svg, { fitTo: { mode: 'width', value: 480 }, font: { loadSystemFonts: false } })).asPng()
