import { useTranslation } from 'react-i18next'
import { dayInWords } from '../../../util/dates.ts'
import type { MyTheater, OwnShow, Screen } from '../manage-types.ts'
import { ShowBar } from '../programme/bar.tsx'
import { axisOf, placeOn, type Span, spanOf } from '../programme/day-axis.ts'
import { Hours, Lines } from '../programme/sideways.tsx'

type Props = { theater: MyTheater; screen: Screen; day: string; shows: OwnShow[]; draft: Span | undefined }

/** The chosen screen's day with the planned show among the others, so that a clash is seen before it is refused. */
export function ScreenDay({ theater, screen, day, shows, draft }: Props) {
  const { t, i18n } = useTranslation('manage')
  const mine = shows.filter((show) => show.screenId === screen.id && show.status === 'scheduled')
  const axis = axisOf(mine, day, theater.timeZone, draft)
  const clashes = draft !== undefined && mine.some((show) => overlaps(spanOf(show), draft))
  const at = draft ? placeOn(axis, draft) : undefined
  return (
    <figure className="screen-day" aria-hidden="true" inert>
      <figcaption className="label-print pb-1">
        {t('show.dayOf', { screen: screen.name, day: dayInWords(day, i18n.language, 'long') })}
      </figcaption>
      <Hours axis={axis} />
      <ul className="track">
        <Lines axis={axis} />
        {mine.map((show) => (
          <li key={show.id}>
            <ShowBar show={show} axis={axis} theater={theater} sales={undefined} />
          </li>
        ))}
        {at ? (
          <li
            className="bar-draft"
            data-clash={clashes || undefined}
            style={{ left: `${at.left}%`, width: `${at.width}%` }}
          />
        ) : null}
      </ul>
    </figure>
  )
}

const overlaps = (one: Span, other: Span) => one.from < other.to && other.from < one.to
