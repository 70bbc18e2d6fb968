import type { LoaderFunctionArgs } from 'react-router'
import { everything } from '../../api/load.ts'
import { apiOf, originOf } from '../../context.ts'
import { paths } from '../../util/path-builder.ts'

/** Every public page: at most a thousand films, the most wanted first. */
export async function loader({ context }: LoaderFunctionArgs) {
  const api = apiOf(context)
  const [films, theaters] = await Promise.all([
    everything((cursor) => api.movies.listMovies({ limit: 100, sort: 'popular', cursor })),
    everything((cursor) => api.theaters.listTheaters({ limit: 100, cursor })),
  ])
  const addresses = [
    paths.programme(),
    paths.films(),
    paths.theaters(),
    ...theaters.map((theater) => paths.theater(theater.id)),
    ...films.map((film) => paths.film(film.id)),
  ]
  const entries = addresses.map((address) => `<url><loc>${originOf(context)}${address}</loc></url>`)
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</urlset>\n`,
    { headers: { 'content-type': 'application/xml; charset=utf-8' } },
  )
}
