import type { LoaderFunctionArgs } from 'react-router'
import { poster } from '../../art/poster/index.ts'
import { apiOf } from '../../context.ts'
import { notFound, problemResponse } from './problem-response.ts'

/** `/posters/<movie id>.svg?v=<variant>` */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const [movieId = '', ending] = (params.file ?? '').split('.')
  if (ending !== 'svg') return problemResponse(notFound)
  const film = await apiOf(context).movies.attempt.getMovie({ movieId })
  if (!film.ok) return problemResponse(film.problem)
  const variant = Number.parseInt(new URL(request.url).searchParams.get('v') ?? '0', 10)
  return new Response(poster(film.value, variant >= 0 && variant < 10 ? variant : 0), {
    headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'public, max-age=86400' },
  })
}
