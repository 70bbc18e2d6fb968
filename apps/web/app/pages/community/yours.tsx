import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import type { Me } from '../../api/types.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import '../../community/community.css'
import './community-pages.css'
import './texts.ts'
import { YoursNav } from './yours-nav.tsx'

type Props = { title: string; path: string; children: (me: Me) => ReactNode }

/** Where the focus goes when what it was on is gone. */
export const yoursTitle = 'yours-title'

/** A page that is only mine: its name, the way to its neighbours, and a way in for whoever is not logged in. */
export function Yours({ title, path, children }: Props) {
  const { t } = useTranslation('community')
  const { t: site } = useTranslation('site')
  const me = useMe()
  return (
    <>
      <title>{`${title} · Marquee`}</title>
      <meta name="robots" content="noindex" />
      <div className="page pt-6 pb-5 md:pt-10">
        <h1 id={yoursTitle}>{title}</h1>
      </div>
      <YoursNav me={me} />
      <div className="page min-h-dvh pt-6 md:pt-8">
        {me === undefined ? <SkeletonRows label={t('loading')} /> : null}
        {me === null ? (
          <EmptyState
            title={site('error.unauthenticated.title')}
            actions={
              <>
                <ButtonLink look="main" to={paths.login({ next: path })}>
                  {site('shell.logIn')}
                </ButtonLink>
                <ButtonLink to={paths.register({ next: path })}>{t('yours.register')}</ButtonLink>
              </>
            }
          >
            {t('yours.guest')}
          </EmptyState>
        ) : null}
        {me ? children(me) : null}
      </div>
    </>
  )
}
