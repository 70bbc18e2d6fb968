import type { moviesContract } from '@marquee/contracts/movies'
import type { Methods } from '@marquee/kit/contract'
import { poster } from '@marquee/web/posters'
import { renderAsync } from '@resvg/resvg-js'
import type { FastifyInstance } from 'fastify'

export type PosterPicturesDeps = { movies: Pick<Methods<typeof moviesContract.endpoints>, 'attempt'> }

const kept = 200

/** `/posters/<movie id>.png`, 480 by 720: what a shared link shows. Drawing takes a third of a second, so each is kept. */
export function posterPictures(app: FastifyInstance, { movies }: PosterPicturesDeps): void {
  const pictures = new Map<string, Promise<Buffer>>()

  app.get<{ Params: { movieId: string } }>('/posters/:movieId.png', async (request, reply) => {
    const film = await movies.attempt.getMovie({ movieId: request.params.movieId })
    if (!film.ok) return reply.callNotFound()
    const { id, title, year, genres } = film.value
    const key = JSON.stringify([id, title, year, genres])
    const picture = pictures.get(key) ?? draw(poster({ id, title, year, genres }))
    // Drawn again when it failed; the oldest goes first when there are too many.
    picture.catch(() => pictures.delete(key))
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

const draw = async (svg: string): Promise<Buffer> =>
  (await renderAsync(svg, { fitTo: { mode: 'width', value: 480 }, font: { loadSystemFonts: false } })).asPng()
