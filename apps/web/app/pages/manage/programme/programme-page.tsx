import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearchParams } from 'react-router'
import { DayStrip } from '../../../programme/day-strip.tsx'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { ButtonLink } from '../../../ui/button.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { EmptyState } from '../../../ui/states.tsx'
import { addDays, cinemaToday, clockOf, dayInWords, isDay } from '../../../util/dates.ts'
import { paths } from '../../../util/path-builder.ts'
import { Failure } from '../failure.tsx'
import { apiPaths, managePaths } from '../manage-paths.ts'
import type { Items, MyTheater, OwnShow, PriceCard, Sales, ShowDetail } from '../manage-types.ts'
import { useApi } from '../use-api.ts'
import { useTheater } from '../use-theater.ts'
import { DayFigures } from './day-figures.tsx'
import { DayList } from './day-list.tsx'
import { Sideways } from './sideways.tsx'

/** The day turned sideways: screens as rows, shows as bars, and what they took. */
export default function ProgrammePage() {
  const { t, i18n } = useTranslation('manage')
  const theater = useTheater()
  const [search] = useSearchParams()
  const today = cinemaToday(theater.timeZone, new Date(), theater.dayStartsAt)
  const asked = search.get('date')
  const day = isDay(asked) ? asked : today
  const owner = theater.role === 'owner'
  const shows = useApi<Items<OwnShow>>(apiPaths.shows(theater.id, day), { everySeconds: 30 })
  const sales = useApi<Items<Sales>>(owner ? apiPaths.sales(theater.id, day) : undefined, {
    everySeconds: 15,
  })
  const inOrder = shows.data?.items.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt))

  return (
    <>
      <title>{`${theater.name}, ${dayInWords(day, i18n.language, 'short')} · Marquee`}</title>
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4 pt-6 pb-5">
        <h1 className="manage-title">{dayInWords(day, i18n.language, 'long')}</h1>
        {owner && theater.screens.length > 0 ? (
          <div className="flex flex-wrap gap-3">
            <ButtonLink look="main" to={managePaths.addShow(theater.id, { date: day })}>
              {t('day.add')}
            </ButtonLink>
            <ButtonLink to={managePaths.copy(theater.id, day)}>{t('day.copy')}</ButtonLink>
          </div>
        ) : null}
      </div>
      <DayStrip days={daysOf(today, day)} chosen={day} href={(date) => managePaths.day(theater.id, date)} />
      <Notice />
      <p role="status" className="pt-4 text-bad empty:hidden">
        {shows.isStale || sales.isStale ? t('day.stale') : ''}
      </p>
      <div className="pt-4 md:pt-6">
        {theater.screens.length === 0 ? (
          <Unfinished theater={theater} />
        ) : shows.error ? (
          <Failure error={shows.error} onAgain={shows.refetch} />
        ) : inOrder ? (
          <>
            <Sideways theater={theater} day={day} shows={inOrder} sales={sales.data?.items} />
            <DayList theater={theater} shows={inOrder} sales={sales.data?.items} />
            {inOrder.length === 0 ? (
              <Quiet theater={theater} day={day} />
            ) : owner ? (
              <DayFigures theater={theater} shows={inOrder} sales={sales} />
            ) : null}
          </>
        ) : (
          <SkeletonRows rows={theater.screens.length + 2} label={t('loading')} />
        )}
      </div>
    </>
  )
}

/** Yesterday for the books, then two weeks; the chosen day wherever it lies. */
function daysOf(today: string, chosen: string) {
  const dates = Array.from({ length: 15 }, (_, index) => addDays(today, index - 1))
  if (!dates.includes(chosen)) dates.push(chosen)
  const names = { [today]: 'today', [addDays(today, 1)]: 'tomorrow' } as const
  return dates.sort().map((date) => ({ date, name: names[date] }))
}

/** What the owner has just done, said where it can be seen. */
function Notice() {
  const { t } = useTranslation('manage')
  const announce = useAnnounce()
  const { state } = useLocation()
  const show: ShowDetail | undefined = state?.onSale
  const cancelled: string | undefined = state?.cancelled
  const text = show
    ? t('day.onSale', { title: show.movieTitle, time: clockOf(show.localStart), screen: show.screenName })
    : cancelled
      ? t('day.cancelled', { title: cancelled })
      : ''
  useEffect(() => {
    if (text) announce(text)
  }, [text, announce])
  if (!text) return null
  return (
    <p className="notice mt-5">
      {text} {show ? <Link to={paths.show(show.id)}>{t('day.seatMap')}</Link> : null}
    </p>
  )
}

function Unfinished({ theater }: { theater: MyTheater }) {
  const { t } = useTranslation('manage')
  return (
    <EmptyState
      title={t('day.noScreens')}
      actions={
        theater.role === 'owner' ? (
          <ButtonLink look="main" to={managePaths.opening(theater.id)}>
            {t('day.goOn')}
          </ButtonLink>
        ) : null
      }
    >
      {t('day.noScreensText')}
    </EmptyState>
  )
}

function Quiet({ theater, day }: { theater: MyTheater; day: string }) {
  const { t } = useTranslation('manage')
  const owner = theater.role === 'owner'
  const cards = useApi<Items<PriceCard>>(owner ? apiPaths.cards(theater.id) : undefined)
  if (cards.data?.items.length === 0)
    return (
      <EmptyState
        title={t('day.noPrices')}
        actions={
          <ButtonLink look="main" to={managePaths.opening(theater.id)}>
            {t('day.goOn')}
          </ButtonLink>
        }
      >
        {t('day.noPricesText')}
      </EmptyState>
    )
  return (
    <div className="py-8">
      <h2>{t('day.empty')}</h2>
      <p className="mt-2 max-w-prose text-quiet">{t('day.emptyText')}</p>
      {owner ? (
        <p className="mt-4">
          <Link to={managePaths.addShow(theater.id, { date: day })}>{t('day.add')}</Link>
        </p>
      ) : null}
    </div>
  )
}
