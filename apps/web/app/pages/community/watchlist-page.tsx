import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { send } from '../../api/browser.ts'
import type { WatchlistLine } from '../../api/types.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Poster } from '../../ui/poster.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import { failureText } from '../account/failure-text.ts'
import { forgetMyFilm } from '../films/use-my-film.ts'
import { ListStates } from './list-states.tsx'
import './texts.ts'
import { useHome } from './use-home.ts'
import { useList } from './use-list.ts'
import { Yours } from './yours.tsx'

export default function WatchlistPage() {
  const { t } = useTranslation('community')
  return (
    <Yours title={t('watchlist.title')} path={paths.watchlist()}>
      {() => <Watchlist />}
    </Yours>
  )
}

/** What was taken off stays in its place until the page is left, so that it can be put back. */
function Watchlist() {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const announce = useAnnounce()
  const queries = useQueryClient()
  const list = useList<WatchlistLine>('/api/watchlist', 60)
  const isHomeless = useHome().data?.home === null
  const [gone, setGone] = useState<string[]>([])
  const [busy, setBusy] = useState<string>()
  const [failure, setFailure] = useState<{ id: string; text: string }>()

  async function put(film: WatchlistLine['movie'], listed: boolean) {
    // Two presses side by side might arrive in the other order.
    if (busy === film.id) return
    setBusy(film.id)
    setFailure(undefined)
    const mark = (off: boolean) =>
      setGone((before) => (off ? [...before, film.id] : before.filter((id) => id !== film.id)))
    mark(!listed)
    const answer = await send(listed ? 'PUT' : 'DELETE', `/api/watchlist/${film.id}`)
    setBusy(undefined)
    forgetMyFilm(queries, film.id)
    if (answer.ok) return announce(t(listed ? 'watchlist.back' : 'watchlist.off', { film: film.title }))
    mark(listed)
    setFailure({ id: film.id, text: failureText(answer.problem, site) })
  }

  const empty = (
    <EmptyState
      title={t('watchlist.none')}
      actions={
        <>
          <ButtonLink look="main" to={paths.films()}>
            {site('error.toFilms')}
          </ButtonLink>
          <ButtonLink to={paths.moveIn()}>{t('import.short')}</ButtonLink>
        </>
      }
    >
      {t('watchlist.noneText')}
    </EmptyState>
  )
  return (
    <ListStates list={list} empty={empty}>
      <p className="max-w-prose text-quiet">
        {t(isHomeless ? 'watchlist.noHome' : 'watchlist.lead')}{' '}
        <Link to={paths.account()}>{t(isHomeless ? 'watchlist.sayHome' : 'watchlist.near')}</Link>
      </p>
      <ul className="film-wall">
        {list.items?.map(({ movie }, at) => {
          const isGone = gone.includes(movie.id)
          return (
            <li key={movie.id}>
              <Link to={paths.film(movie.id)} className="block no-underline hover:underline">
                <Poster movieId={movie.id} eager={at < 6} className={isGone ? 'opacity-40' : ''} />
                <span
                  className={`condensed mt-2 block text-xl leading-tight ${isGone ? 'text-quiet line-through' : ''}`}
                >
                  <bdi>{movie.title}</bdi>
                </span>
              </Link>
              <p className="flex flex-wrap items-center gap-x-3 text-quiet text-sm">
                {movie.year ? <span>{movie.year}</span> : null}
                <button
                  type="button"
                  className="line-action"
                  aria-label={t(isGone ? 'watchlist.putBack' : 'watchlist.takeOff', { film: movie.title })}
                  onClick={() => put(movie, isGone)}
                >
                  {t(isGone ? 'watchlist.undo' : 'watchlist.remove')}
                </button>
              </p>
              <p role="alert" className="text-bad text-sm empty:hidden">
                {failure?.id === movie.id ? failure.text : null}
              </p>
            </li>
          )
        })}
      </ul>
    </ListStates>
  )
}
