import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { ButtonLink } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/states.tsx'
import { cinemaToday, isDay } from '../../../util/dates.ts'
import { managePaths } from '../manage-paths.ts'
import type { ShowDetail } from '../manage-types.ts'
import { useRefresh } from '../use-api.ts'
import { useTheater } from '../use-theater.ts'
import { ShowForm } from './show-form.tsx'

/** A film onto a screen: on sale the moment it is saved. */
export default function AddShowPage() {
  const { t } = useTranslation('manage')
  const theater = useTheater()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const [search] = useSearchParams()
  const asked = search.get('date')
  const [start] = useState(() => ({
    date: isDay(asked) ? asked : cinemaToday(theater.timeZone, new Date(), theater.dayStartsAt),
    time: search.get('time') ?? '19:30',
    screenId: search.get('screen') ?? theater.screens[0]?.id ?? '',
  }))

  async function onSale(show: ShowDetail) {
    await refresh()
    navigate(managePaths.day(theater.id, show.day), { state: { onSale: show } })
  }
  return (
    <div className="pt-6">
      <title>{`${t('add.title')} · Marquee`}</title>
      <h1 className="manage-title mb-8">{t('add.title')}</h1>
      {theater.screens.length === 0 ? (
        <EmptyState
          title={t('day.noScreens')}
          actions={
            <ButtonLink look="main" to={managePaths.opening(theater.id)}>
              {t('day.goOn')}
            </ButtonLink>
          }
        />
      ) : (
        <ShowForm theater={theater} start={start} onSale={onSale} />
      )}
    </div>
  )
}
