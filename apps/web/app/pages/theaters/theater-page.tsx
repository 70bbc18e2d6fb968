import { useTranslation } from 'react-i18next'
import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { found } from '../../api/load.ts'
import { apiOf } from '../../context.ts'
import { DayStrip } from '../../programme/day-strip.tsx'
import { FilmRows } from '../../programme/film-rows.tsx'
import { openingDay, rowsOf, showsOn, stripOf } from '../../programme/load-programme.ts'
import { SocialTags } from '../../shell/social-tags.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { dayInWords, isDay } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { TheaterFacts } from './theater-facts.tsx'
import { TheaterJsonLd } from './theater-json-ld.tsx'

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const api = apiOf(context)
  const theaterId = params.theaterId ?? ''
  const theater = await found(api.theaters.attempt.getTheater({ theaterId }))
  const { timeZone, dayStartsAt } = theater
  const { today, first, next } = await openingDay(api, { theaterId }, timeZone, dayStartsAt)
  const wanted = new URL(request.url).searchParams.get('date')
  const date = isDay(wanted) ? wanted : (next ?? today)
  const shows = await showsOn(api, date, { theaterId })
  return {
    theater,
    date,
    days: stripOf(first, today, date),
    rows: await rowsOf(api, shows),
    later: shows.length > 0 || next === date ? undefined : next,
  }
}

export default function TheaterPage() {
  const { t, i18n } = useTranslation('site')
  const { theater, date, days, rows, later } = useLoaderData<typeof loader>()
  const words = (day: string) => dayInWords(day, i18n.language, 'long')
  const href = (day: string) => paths.theater(theater.id, { date: day })
  return (
    <article>
      <title>{`${theater.name}, ${theater.city} · Marquee`}</title>
      <SocialTags
        title={`${theater.name}, ${theater.city}`}
        description={`${theater.address}, ${theater.city}`}
        path={paths.theater(theater.id)}
      />
      <TheaterJsonLd theater={theater} />
      <header className="page pt-6 pb-5 md:pt-10">
        <h1>
          <bdi>{theater.name}</bdi>
        </h1>
        <p className="mt-3 text-quiet">
          <bdi>{theater.address}</bdi>, <bdi>{theater.city}</bdi>
        </p>
      </header>
      <DayStrip days={days} chosen={date} href={href} />
      <section className="page" aria-label={`${t('theater.programme')}, ${words(date)}`}>
        {rows.length > 0 ? (
          <FilmRows rows={rows} day={date} hideTheaters />
        ) : (
          <EmptyState
            title={t('programme.empty')}
            actions={
              later ? (
                <ButtonLink look="main" to={href(later)}>
                  {t('programme.goTo', { day: words(later) })}
                </ButtonLink>
              ) : undefined
            }
          >
            {later ? t('programme.emptyText', { day: words(later) }) : t('programme.emptyQuiet')}
          </EmptyState>
        )}
      </section>
      <TheaterFacts theater={theater} />
    </article>
  )
}
