import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { read } from '../../api/browser.ts'
import { useMe } from '../../api/me.ts'
import type { MovieSummary } from '../../api/types.ts'
import { Poster } from '../../ui/poster.tsx'
import { paths } from '../../util/path-builder.ts'
import './film-ranks.css'

const places = 6
type Picks = { source: 'personal' | 'trending'; items: MovieSummary[] }

/** Asked for after the page, which is the same for everybody. The empty frames keep its place, so nothing moves. */
export function PickedForYou() {
  const { t } = useTranslation('site')
  const me = useMe()
  const { data, isError } = useQuery({
    queryKey: ['picks', me?.id],
    queryFn: ({ signal }) => read<Picks>(`/api/recommendations?limit=${places}`, signal),
    enabled: Boolean(me),
    staleTime: 60_000,
  })
  const films = data?.items.slice(0, places) ?? []
  const isMine = data?.source !== 'trending'
  return (
    <section aria-labelledby="picked" className="picked">
      <h2 id="picked">{t(isMine ? 'picks.title' : 'picks.trending')}</h2>
      <p className="picked-words">
        {me === null ? (
          <>
            {t('picks.guest')} <Link to={paths.login({ next: paths.programme() })}>{t('shell.logIn')}</Link>
          </>
        ) : isError || (data && films.length === 0) ? (
          t('picks.away')
        ) : data ? (
          t(isMine ? 'picks.why' : 'picks.notYet')
        ) : (
          ''
        )}
      </p>
      <ul className="picked-wall" aria-busy={Boolean(me) && !data && !isError}>
        {Array.from({ length: places }, (_, at) => at).map((at) => {
          const film = films[at]
          return film ? (
            <li key={at}>
              <Link to={paths.film(film.id)} className="block no-underline hover:underline">
                <Poster movieId={film.id} />
                <bdi className="picked-title">{film.title}</bdi>
              </Link>
            </li>
          ) : (
            <li key={at} aria-hidden="true">
              <span className="picked-frame" />
              <span className="picked-title" />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
