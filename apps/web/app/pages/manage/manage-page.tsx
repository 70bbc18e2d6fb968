import { useTranslation } from 'react-i18next'
import { Link, useRouteLoaderData } from 'react-router'
import { ApiError } from '../../api/browser.ts'
import { BeSomebody } from '../../shell/be-somebody.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import { Failure } from './failure.tsx'
import './manage.css'
import { apiPaths, managePaths } from './manage-paths.ts'
import type { Items, MyTheater } from './manage-types.ts'
import { Reopen } from './opening/reopen.tsx'
import './texts.ts'
import { useApi } from './use-api.ts'

/** Which house is yours; where nobody knows you, the way in. */
export default function ManagePage() {
  const { t } = useTranslation('manage')
  const mine = useApi<Items<MyTheater>>(apiPaths.mine())
  const stranger = mine.error instanceof ApiError && mine.error.problem.status === 401
  return (
    <div className="page manage-entry pt-6 md:pt-10">
      <title>{`${t('entry.title')} · Marquee`}</title>
      <h1>{t('entry.title')}</h1>
      <div className="mt-8">
        {mine.data ? (
          <Theaters theaters={mine.data.items} />
        ) : stranger ? (
          <Stranger next={managePaths.entry()} />
        ) : mine.error ? (
          <Failure error={mine.error} onAgain={mine.refetch} />
        ) : (
          <SkeletonRows rows={3} label={t('loading')} />
        )}
      </div>
    </div>
  )
}

function Theaters({ theaters }: { theaters: MyTheater[] }) {
  const { t } = useTranslation('manage')
  const open = theaters.filter((theater) => !theater.closed)
  const closed = theaters.filter((theater) => theater.closed && theater.role === 'owner')
  const start = (
    <ButtonLink look={open.length === 0 ? 'main' : 'plain'} to={managePaths.new()}>
      {t('entry.makeItYours')}
    </ButtonLink>
  )
  return (
    <>
      {open.length === 0 ? (
        <EmptyState title={t('entry.none')} actions={start}>
          {t('entry.noneText')}
        </EmptyState>
      ) : (
        <>
          <ul className="border-line border-t">
            {open.map((theater) => (
              <li key={theater.id} className="border-line border-b">
                <Link to={managePaths.day(theater.id)} className="theater-line">
                  <bdi className="condensed text-3xl leading-none md:text-5xl">{theater.name}</bdi>
                  <span className="text-quiet">
                    <bdi>{theater.city}</bdi>
                    {', '}
                    {t('entry.screens', { count: theater.screens.length })}
                    {', '}
                    {t(`role.${theater.role}`)}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          <p className="mt-8 mb-3 max-w-prose text-quiet">{t('entry.another')}</p>
          {start}
        </>
      )}
      {closed.length > 0 ? <Reopen theaters={closed} /> : null}
    </>
  )
}

/** Not logged in: who may come in here, and how. */
export function Stranger({ next }: { next: string }) {
  const { t } = useTranslation('manage')
  const demo = useRouteLoaderData('root')?.demo === true
  return (
    <EmptyState
      title={t('entry.guest')}
      actions={
        <>
          {demo ? <BeSomebody person="owner">{t('entry.beTheOwner')}</BeSomebody> : null}
          <ButtonLink look={demo ? 'plain' : 'main'} to={paths.login({ next })}>
            {t('entry.logIn')}
          </ButtonLink>
          <ButtonLink to={paths.register({ next })}>{t('entry.register')}</ButtonLink>
        </>
      }
    >
      {t('entry.guestText')}
    </EmptyState>
  )
}
