import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { clockOf } from '../../../util/dates.ts'
import { managePaths } from '../manage-paths.ts'
import type { MyTheater, OwnShow, Sales } from '../manage-types.ts'
import { wallClock } from '../zone-time.ts'
import { type Axis, placeOn, spanOf } from './day-axis.ts'

import './sideways.css'

type Props = { show: OwnShow; axis: Axis; theater: MyTheater; sales: Sales | undefined }

/** A show as long as it keeps its screen: trailers, film, cleaning; it fills from below as seats are sold. */
export function ShowBar({ show, axis, theater, sales }: Props) {
  const { t } = useTranslation('manage')
  const { left, width } = placeOn(axis, spanOf(show))
  const cancelled = show.status === 'cancelled'
  const sold = sales?.sold
  const total = show.trailerMinutes + show.runtimeMinutes + show.cleaningMinutes
  const share = (minutes: number) => `${(minutes / total) * 100}%`
  const until = wallClock(Date.parse(show.busyUntil), theater.timeZone).slice(11)
  const figures =
    sold === undefined
      ? t('bar.capacity', { count: show.capacity })
      : sold >= show.capacity
        ? t('bar.full')
        : t('bar.share', { sold, capacity: show.capacity })
  return (
    <Link
      to={managePaths.show(theater.id, show.id)}
      data-bar
      className="bar"
      data-cancelled={cancelled || undefined}
      style={{ left: `${left}%`, width: `${width}%` }}
    >
      <span className="bar-hatch" style={{ width: share(show.trailerMinutes) }} />
      <span className="bar-film" style={{ width: share(show.runtimeMinutes) }}>
        {cancelled || sold === undefined ? null : (
          <span className="bar-fill" style={{ height: `${(sold / Math.max(show.capacity, 1)) * 100}%` }} />
        )}
      </span>
      <span className="bar-hatch" style={{ width: share(show.cleaningMinutes) }} />
      <span className="bar-print">
        <span className="bar-time">{clockOf(show.localStart)}</span>
        <bdi className="bar-title">{show.movieTitle}</bdi>
        <span className="bar-state">{cancelled ? t('bar.cancelled') : figures}</span>
        <span className="sr-only">{t('bar.where', { screen: show.screenName, until })}</span>
      </span>
    </Link>
  )
}
