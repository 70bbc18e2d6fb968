import { data, type LoaderFunctionArgs } from 'react-router'
import { found } from '../../api/load.ts'
import { poster } from '../../art/poster/index.ts'
import { apiOf } from '../../context.ts'

/** `/posters/<movie id>.svg?v=<variant>` */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const [movieId = '', ending] = (params.file ?? '').split('.')
  if (ending !== 'svg') throw data(null, { status: 404 })
  const film = await found(apiOf(context).movies.attempt.getMovie({ movieId }))
  const variant = Number.parseInt(new URL(request.url).searchParams.get('v') ?? '0', 10)
  return new Response(poster(film, variant >= 0 && variant < 10 ? variant : 0), {
    headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'public, max-age=86400' },
  })
}
