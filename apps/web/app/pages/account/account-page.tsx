import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMe } from '../../api/me.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import { Exports } from '../community/exports.tsx'
import { HomeForm } from '../community/home-form.tsx'
import '../community/texts.ts'
import { YoursNav } from '../community/yours-nav.tsx'
import { AccountPart } from './account-part.tsx'
import { AppearanceForm } from './appearance-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import { SessionsAndLeaving } from './sessions-and-leaving.tsx'

export default function AccountPage() {
  const { t } = useTranslation('site')
  const { t: community } = useTranslation('community')
  const me = useMe()
  return (
    <div className="page pt-6 md:pt-10">
      <title>{`${t('account.title')} · Marquee`}</title>
      <meta name="robots" content="noindex" />
      <h1>{me ? me.name : t('account.title')}</h1>
      {me === undefined ? (
        <div className="mt-8">
          <SkeletonRows label={t('account.loading')} />
        </div>
      ) : null}
      {me === null ? (
        <div className="mt-8">
          <EmptyState
            title={t('account.guest')}
            actions={
              <ButtonLink look="main" to={paths.login({ next: paths.account() })}>
                {t('shell.logIn')}
              </ButtonLink>
            }
          >
            {t('account.guestText')}
          </EmptyState>
        </div>
      ) : null}
      {me ? (
        <>
          <p className="mt-6">
            <ButtonLink look="main" to={paths.orders()}>
              {t('account.orders')}
            </ButtonLink>
          </p>
          <div className="mt-8">
            <YoursNav me={me} inset />
          </div>
          <div>
            {me.theaters.length > 0 ? (
              <AccountPart title={t('account.work')}>
                <ul>
                  {me.theaters.map((theater) => (
                    <li
                      key={theater.id}
                      className="flex flex-wrap items-baseline gap-x-5 border-line border-b py-1"
                    >
                      <span className="min-w-40 grow">
                        <bdi>{theater.name}</bdi>,{' '}
                        <span className="text-quiet">{t(`account.roles.${theater.role}`)}</span>
                      </span>
                      <Link className="choice" to={paths.door()}>
                        {t('account.openDoor')}
                      </Link>
                      {theater.role === 'owner' ? (
                        <Link className="choice" to={paths.manage()}>
                          {t('account.manage')}
                        </Link>
                      ) : null}
                    </li>
                  ))}
                </ul>
              </AccountPart>
            ) : null}
            <AccountPart title={t('account.you')}>
              <ProfileForm me={me} />
            </AccountPart>
            <AccountPart title={community('home.title')}>
              <HomeForm />
            </AccountPart>
            <AccountPart title={t('account.appearance')}>
              <AppearanceForm />
            </AccountPart>
            <AccountPart title={t('account.changePassword')}>
              <PasswordForm email={me.email} />
            </AccountPart>
            <AccountPart title={community('export.title')}>
              <Exports whole />
            </AccountPart>
            <SessionsAndLeaving />
          </div>
        </>
      ) : null}
    </div>
  )
}
