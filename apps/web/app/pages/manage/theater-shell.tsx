import { useTranslation } from 'react-i18next'
import { Link, NavLink, Outlet, useLocation, useParams } from 'react-router'
import { ApiError } from '../../api/browser.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Failure } from './failure.tsx'
import './manage.css'
import { Stranger } from './manage-page.tsx'
import { apiPaths, managePaths } from './manage-paths.ts'
import type { Items, MyTheater } from './manage-types.ts'
import './texts.ts'
import { useApi } from './use-api.ts'

/** What all pages of one theater share: its name, its parts, and that you may be here. */
export default function TheaterShell() {
  const { t } = useTranslation('manage')
  const { theaterId } = useParams()
  const { pathname } = useLocation()
  const mine = useApi<Items<MyTheater>>(apiPaths.mine())
  const theater = mine.data?.items.find((one) => one.id === theaterId)
  if (theater && !theater.closed) {
    return (
      <div className="manage-page">
        <TheaterHead theater={theater} />
        <Outlet context={theater} />
      </div>
    )
  }
  const stranger = mine.error instanceof ApiError && mine.error.problem.status === 401
  return (
    <div className="manage-page pt-6 md:pt-10">
      <title>{`${t('entry.title')} · Marquee`}</title>
      <h1 className="mb-8">{t('entry.title')}</h1>
      {mine.data ? (
        <EmptyState
          title={theater ? t('shell.closed', { name: theater.name }) : t('shell.notYours')}
          actions={
            <ButtonLink look="main" to={managePaths.entry()}>
              {t('shell.toMine')}
            </ButtonLink>
          }
        >
          {theater ? t('shell.closedText') : t('shell.notYoursText')}
        </EmptyState>
      ) : stranger ? (
        <Stranger next={pathname} />
      ) : mine.error ? (
        <Failure error={mine.error} onAgain={mine.refetch} />
      ) : (
        <SkeletonRows rows={4} label={t('loading')} />
      )}
    </div>
  )
}

function TheaterHead({ theater }: { theater: MyTheater }) {
  const { t } = useTranslation('manage')
  const owner = theater.role === 'owner'
  return (
    <div className="manage-head">
      <p className="flex flex-wrap items-baseline gap-x-4">
        <Link to={managePaths.day(theater.id)} className="choice condensed text-2xl leading-none">
          <bdi>{theater.name}</bdi>
        </Link>
        <Link to={managePaths.entry()} className="choice small-print">
          {t('shell.allMine')}
        </Link>
      </p>
      <nav aria-label={t('shell.parts')}>
        <ul className="scroll-strip">
          <Part to={managePaths.day(theater.id)} text={t('shell.programme')} end />
          {owner ? (
            <>
              <Part to={managePaths.screens(theater.id)} text={t('shell.screens')} />
              <Part to={managePaths.prices(theater.id)} text={t('shell.prices')} />
              <Part to={managePaths.people(theater.id)} text={t('shell.people')} />
              <Part to={managePaths.details(theater.id)} text={t('shell.details')} />
            </>
          ) : null}
        </ul>
      </nav>
    </div>
  )
}

function Part({ to, text, end = false }: { to: string; text: string; end?: boolean }) {
  return (
    <li>
      <NavLink to={to} end={end} className="choice">
        {text}
      </NavLink>
    </li>
  )
}
