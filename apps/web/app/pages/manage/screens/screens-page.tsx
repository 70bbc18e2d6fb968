import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ButtonLink } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/states.tsx'
import { managePaths } from '../manage-paths.ts'
import { OwnersOnly } from '../owners-only.tsx'
import { useTheater } from '../use-theater.ts'

export default function ScreensPage() {
  const { t } = useTranslation('manage')
  const theater = useTheater()
  const add = (
    <ButtonLink look="main" to={managePaths.screen(theater.id, 'new')}>
      {t('screens.add')}
    </ButtonLink>
  )
  return (
    <OwnersOnly>
      <div className="pt-6">
        <title>{`${t('shell.screens')}, ${theater.name} · Marquee`}</title>
        <h1 className="manage-title mb-8">{t('shell.screens')}</h1>
        {theater.screens.length === 0 ? (
          <EmptyState title={t('screens.none')} actions={add}>
            {t('screens.noneText')}
          </EmptyState>
        ) : (
          <>
            <ul className="mb-8 border-line border-t">
              {theater.screens.map((screen) => (
                <li key={screen.id} className="border-line border-b">
                  <Link to={managePaths.screen(theater.id, screen.id)} className="theater-line">
                    <bdi className="condensed text-3xl leading-none">{screen.name}</bdi>
                    <span className="text-quiet">
                      {t('screens.facts', {
                        seats: t('hall.seats', { count: screen.seats }),
                        trailers: screen.trailerMinutes,
                        cleaning: screen.cleaningMinutes,
                      })}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
            {add}
          </>
        )}
      </div>
    </OwnersOnly>
  )
}
