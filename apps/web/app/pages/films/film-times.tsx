import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MovieSummary } from '../../api/types.ts'
import { TheaterTimes } from '../../programme/film-rows.tsx'
import type { ByTheater } from '../../programme/load-programme.ts'
import { dayInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { inQuery, type ReviewSort } from './review-list.ts'

type Props = {
  film: Pick<MovieSummary, 'id' | 'title'>
  days: string[]
  day: string
  theaters: ByTheater[]
  /** The order of the reviews below, which another day leaves as it is. */
  sort: ReviewSort
}

/** The days that have shows of this film, then that day's times, theater by theater. */
export function FilmTimes({ film, days, day, theaters, sort }: Props) {
  const { t, i18n } = useTranslation('site')
  return (
    <>
      <nav aria-label={t('film.nextDays')} className="border-line border-y">
        <ul className="scroll-strip">
          {days.map((one) => (
            <li key={one}>
              <Link
                to={paths.film(film.id, { date: one, reviews: inQuery(sort) })}
                preventScrollReset
                aria-current={one === day ? 'date' : undefined}
                className="choice film-choice flex-col items-start justify-center gap-0 py-2"
              >
                <span className="label-print">{dayInWords(one, i18n.language, 'weekday')}</span>
                <span className="text-quiet text-sm">{dayInWords(one, i18n.language, 'short')}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="film-times">
        {theaters.map((group) => (
          <TheaterTimes key={group.theaterId} group={group} film={film.title} />
        ))}
      </div>
    </>
  )
}
