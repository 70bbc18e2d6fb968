import { useTranslation } from 'react-i18next'
import { Link, NavLink, useLocation } from 'react-router'
import { useMe } from '../api/me.ts'
import { useUnread } from '../api/unread.ts'
import { SearchField } from '../search/search-field.tsx'
import { paths } from '../util/path-builder.ts'

export function Header() {
  const { t } = useTranslation('site')
  const searches = useLocation().pathname === paths.search()
  return (
    <header className="page flex flex-wrap items-baseline gap-x-8 pt-4 pb-2 md:pt-6">
      <Link to={paths.programme()} className="wordmark">
        Marquee
      </Link>
      <nav aria-label={t('shell.mainNavigation')} className="order-last w-full md:order-none md:w-auto">
        <ul className="flex flex-wrap gap-x-6">
          <MainLink to={paths.programme()} text={t('shell.programme')} />
          <MainLink to={paths.films()} text={t('shell.films')} />
          <MainLink to={paths.theaters()} text={t('shell.theaters')} />
          <li className="header-search-link">
            <NavLink to={paths.search()} className="choice">
              {t('shell.search')}
            </NavLink>
          </li>
        </ul>
      </nav>
      {searches ? null : (
        <div className="header-search ms-auto">
          <SearchField />
        </div>
      )}
      <nav aria-label={t('shell.personal')} className={searches ? 'ms-auto' : 'ms-auto lg:ms-0'}>
        <PersonalLinks />
      </nav>
    </header>
  )
}

function MainLink({ to, text }: { to: string; text: string }) {
  return (
    <li>
      <NavLink to={to} end={to === '/'} className="choice">
        {text}
      </NavLink>
    </li>
  )
}

function PersonalLinks() {
  const { t } = useTranslation('site')
  const me = useMe()
  const unread = useUnread()
  return (
    <ul className="flex items-baseline gap-5">
      {unread > 0 ? (
        <li className="self-center">
          <Link to={paths.notices()} className="choice">
            <span className="sr-only">{t('shell.unread', { count: unread })}</span>
            <span aria-hidden="true" className="unread">
              {unread > 99 ? '99+' : unread}
            </span>
          </Link>
        </li>
      ) : null}
      <li>
        <Link to={paths.orders()} className="choice">
          {t('shell.tickets')}
        </Link>
      </li>
      <li>
        {me ? (
          <Link to={paths.account()} className="choice">
            <bdi className="max-w-32 truncate">{me.name}</bdi>
          </Link>
        ) : (
          <Link to={paths.login()} className="choice">
            {t('shell.logIn')}
          </Link>
        )}
      </li>
    </ul>
  )
}
