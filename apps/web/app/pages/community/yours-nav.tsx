import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import type { Me } from '../../api/types.ts'
import { paths } from '../../util/path-builder.ts'
import './texts.ts'

type Props = {
  me: Me | null | undefined
  /** Between other parts of a page instead of across it. */
  inset?: boolean
}

/** The way between the pages that are only mine. */
export function YoursNav({ me, inset = false }: Props) {
  const { t } = useTranslation('community')
  const strip = useRef<HTMLUListElement>(null)
  const { pathname } = useLocation()
  // On a phone the strip is longer than the page: where one is must be in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page or person is another place in the strip
  useEffect(() => {
    const here = strip.current?.querySelector<HTMLElement>('[aria-current]')
    if (strip.current && here) strip.current.scrollLeft = here.offsetLeft - strip.current.clientWidth / 3
  }, [pathname, me])
  return (
    <nav aria-label={t('yours.label')} className="border-line border-y">
      <ul ref={strip} className={inset ? 'flex flex-wrap gap-x-6' : 'scroll-strip page'}>
        <Neighbour to={paths.watchlist()} text={t('watchlist.title')} />
        <Neighbour to={paths.diary()} text={t('diary.title')} />
        <Neighbour to={paths.feed()} text={t('feed.title')} />
        <Neighbour to={paths.notices()} text={t('notices.title')} />
        <Neighbour to={paths.moveIn()} text={t('import.short')} />
        {me ? <Neighbour to={paths.person(me.handle)} text={t('profile.mine')} /> : null}
        {me?.roles.includes('admin') ? (
          <Neighbour to={paths.moderation()} text={t('moderation.title')} />
        ) : null}
      </ul>
    </nav>
  )
}

function Neighbour({ to, text }: { to: string; text: string }) {
  return (
    <li>
      <NavLink to={to} className="choice">
        {text}
      </NavLink>
    </li>
  )
}
