import { useTranslation } from 'react-i18next'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { everything, gently } from '../../api/load.ts'
import { apiOf } from '../../context.ts'
import { DayStrip } from '../../programme/day-strip.tsx'
import { FilmRows } from '../../programme/film-rows.tsx'
import {
  citiesOf,
  openingDay,
  rowsOf,
  showsOn,
  stripOf,
  todaysShows,
} from '../../programme/load-programme.ts'
import { SocialTags } from '../../shell/social-tags.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { dayInWords, isDay } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { FilmRanks } from './film-ranks.tsx'
import { PickedForYou } from './picked-for-you.tsx'
import { PlaceFilter } from './place-filter.tsx'

const nearPattern = /^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?$/

export async function loader({ request, context }: LoaderFunctionArgs) {
  const api = apiOf(context)
  const query = new URL(request.url).searchParams
  const asked = query.get('near') ?? ''
  const near = nearPattern.test(asked) ? asked : undefined
  const top = gently(api.movies.attempt.topRated({ limit: 8 }))
  const trending = gently(api.movies.attempt.trending({ limit: 8 }))
  const theaters = await everything((cursor) => api.theaters.listTheaters({ near, limit: 100, cursor }))
  const theater = theaters.find((one) => one.id === query.get('theater'))
  const where = theater ? { theaterId: theater.id } : { near }
  const { today, first, next } = await openingDay(api, where, (theater ?? theaters[0])?.timeZone ?? 'UTC')
  const wanted = query.get('date')
  const tonight = isDay(wanted) ? undefined : await todaysShows(api, theater ? [theater] : theaters, where)
  const isTonight = tonight !== undefined && tonight.shows.length > 0
  const date = isTonight ? tonight.date : isDay(wanted) ? wanted : (next ?? today)
  const shows = isTonight ? tonight.shows : await showsOn(api, date, where)
  return {
    date,
    days: stripOf(isTonight ? date : first, isTonight ? date : today, date),
    isToday: isTonight || date === today,
    near,
    theaterId: theater?.id,
    theaters: theaters.map(({ id, name, city, distanceKm }) => ({ id, name, city, distanceKm })),
    rows: await rowsOf(api, shows, citiesOf(theaters)),
    top: ((await top)?.items ?? []).filter((film) => film.rating.count > 0),
    trending: (await trending)?.items ?? [],
    later: shows.length > 0 || next === date ? undefined : next,
  }
}

export default function ProgrammePage() {
  const { t, i18n } = useTranslation('site')
  const { date, days, isToday, near, theaterId, theaters, rows, later, top, trending } =
    useLoaderData<typeof loader>()
  const dayName = isToday ? t('day.today') : dayInWords(date, i18n.language, 'long')
  const href = (day: string) => paths.programme({ date: day, theater: theaterId, near })
  return (
    <>
      <title>{`${t('programme.title')}, ${dayInWords(date, i18n.language, 'long')} · Marquee`}</title>
      <SocialTags title={t('programme.title')} description={t('site.description')} path={paths.programme()} />
      <div className="page flex flex-wrap items-end justify-between gap-x-12 gap-y-4 pt-6 pb-5 md:pt-10">
        <h1>{dayName}</h1>
        {theaters.length > 0 ? (
          <PlaceFilter
            theaters={theaters}
            theaterId={theaterId}
            near={near}
            date={isToday ? undefined : date}
          />
        ) : null}
      </div>
      <DayStrip days={days} chosen={date} href={href} />
      <div className="page">
        {rows.length > 0 ? (
          <FilmRows rows={rows} day={date} hideTheaters={theaterId !== undefined} />
        ) : (
          <Nothing open={theaters.length > 0} later={later} href={href} />
        )}
        {top.length + trending.length > 0 ? (
          <div className="ranks">
            {top.length > 0 ? <FilmRanks id="top" title={t('ranks.top')} films={top} withRating /> : null}
            {trending.length > 0 ? (
              <FilmRanks id="trending" title={t('ranks.trending')} films={trending} />
            ) : null}
          </div>
        ) : null}
        <PickedForYou />
      </div>
    </>
  )
}

function Nothing({ open, later, href }: { open: boolean; later?: string; href: (day: string) => string }) {
  const { t, i18n } = useTranslation('site')
  const day = later ? dayInWords(later, i18n.language, 'long') : ''
  if (!open) {
    return (
      <EmptyState
        title={t('programme.noneYet')}
        actions={
          <ButtonLink look="main" to={paths.manage()}>
            {t('programme.runACinema')}
          </ButtonLink>
        }
      >
        {t('programme.noneYetText')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={t('programme.empty')}
      actions={
        later ? (
          <ButtonLink look="main" to={href(later)}>
            {t('programme.goTo', { day })}
          </ButtonLink>
        ) : undefined
      }
    >
      {later ? t('programme.emptyText', { day }) : t('programme.emptyQuiet')}
    </EmptyState>
  )
}
