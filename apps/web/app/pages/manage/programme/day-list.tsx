import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { clockOf } from '../../../util/dates.ts'
import { managePaths } from '../manage-paths.ts'
import type { MyTheater, OwnShow, Sales } from '../manage-types.ts'
import { CancelledState } from './cancelled-state.tsx'
import './sideways.css'

type Props = { theater: MyTheater; shows: OwnShow[]; sales: Sales[] | undefined }

/** The same day for a narrow screen: one line a show, in order of time. */
export function DayList({ theater, shows, sales }: Props) {
  const { t } = useTranslation('manage')
  return (
    <ul className="day-list">
      {shows.map((show) => {
        const one = sales?.find((figures) => figures.showId === show.id)
        const cancelled = show.status === 'cancelled'
        return (
          <li key={show.id}>
            <Link
              to={managePaths.show(theater.id, show.id)}
              className="day-line"
              data-cancelled={cancelled || undefined}
            >
              <span className="time-print">{clockOf(show.localStart)}</span>
              <span className="min-w-0">
                <bdi className="day-line-title">{show.movieTitle}</bdi>
                <bdi className="small-print block">{show.screenName}</bdi>
              </span>
              <span className="day-line-state">
                {cancelled ? <CancelledState refunded={one?.refunded} /> : null}
                {one && !cancelled ? t('bar.share', { sold: one.sold, capacity: show.capacity }) : ''}
              </span>
              <span className="day-line-fill" aria-hidden="true">
                <span
                  style={{
                    width: `${cancelled ? 0 : ((one?.sold ?? 0) / Math.max(show.capacity, 1)) * 100}%`,
                  }}
                />
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
