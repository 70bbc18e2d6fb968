import { type MouseEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { Money } from '../../../ui/money.tsx'
import { managePaths } from '../manage-paths.ts'
import type { MyTheater, OwnShow, Sales, Screen } from '../manage-types.ts'
import { wallClock } from '../zone-time.ts'
import { ShowBar } from './bar.tsx'
import { CancelledState } from './cancelled-state.tsx'
import { type Axis, axisOf, placeOn, timeAt } from './day-axis.ts'
import { takingsOf } from './takings.ts'
import { walkBars } from './walk-bars.ts'

type Props = { theater: MyTheater; day: string; shows: OwnShow[]; sales: Sales[] | undefined }

/** Screens as rows, the day from left to right. Tab goes through the shows in order, arrows along and across. */
export function Sideways({ theater, day, shows, sales }: Props) {
  const { t } = useTranslation('manage')
  const axis = axisOf(shows, day, theater.timeZone)
  const owner = theater.role === 'owner'
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the links inside
    <div className="sideways" data-figures={owner || undefined} onKeyDown={walkBars}>
      <div className="sideways-row sideways-head">
        <span className="small-print">{t('day.zone', { zone: theater.timeZone.replaceAll('_', ' ') })}</span>
        <Hours axis={axis} />
        {owner ? (
          <span className="sideways-figures label-print">
            <span>{t('figures.sold')}</span>
            <span>{t('figures.takings')}</span>
          </span>
        ) : null}
      </div>
      {theater.screens.map((screen) => (
        <ScreenRow
          key={screen.id}
          theater={theater}
          screen={screen}
          day={day}
          axis={axis}
          shows={shows.filter((show) => show.screenId === screen.id)}
          sales={sales}
        />
      ))}
    </div>
  )
}

type RowProps = Omit<Props, 'shows'> & { screen: Screen; axis: Axis; shows: OwnShow[] }

function ScreenRow({ theater, screen, day, axis, shows, sales }: RowProps) {
  const { t } = useTranslation('manage')
  const navigate = useNavigate()
  const owner = theater.role === 'owner'
  const sum = takingsOf(shows, sales, theater.currency)

  /** A press on an empty stretch starts a show there; the link beside the screen does it from the keyboard. */
  function addAt(event: MouseEvent<HTMLElement>) {
    if (!owner || event.target !== event.currentTarget) return
    const box = event.currentTarget.getBoundingClientRect()
    const at = wallClock(timeAt(axis, (event.clientX - box.left) / box.width), theater.timeZone)
    navigate(
      managePaths.addShow(theater.id, { date: at.slice(0, 10), time: at.slice(11), screen: screen.id }),
    )
  }
  return (
    <section className="sideways-row" aria-label={screen.name}>
      <div className="py-3 pe-3">
        <h2 className="text-xl leading-tight">{screen.name}</h2>
        <p className="small-print">{t('day.seats', { count: screen.seats })}</p>
        {owner ? (
          <Link
            to={managePaths.addShow(theater.id, { date: day, screen: screen.id })}
            className="inline-flex min-h-11 items-center text-sm"
            aria-label={t('day.addOn', { screen: screen.name })}
          >
            {t('day.addHere')}
          </Link>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same is a link beside the screen */}
      <ul className="track" data-open={owner || undefined} onClick={addAt}>
        <Lines axis={axis} />
        {shows.map((show) => (
          <li key={show.id}>
            <ShowBar
              show={show}
              axis={axis}
              theater={theater}
              sales={sales?.find((one) => one.showId === show.id)}
            />
          </li>
        ))}
      </ul>
      {owner ? (
        <p className="sideways-figures py-3">
          <span>
            {sum.capacity > 0 ? (
              <>
                <span className="time-print">{sum.sold}</span>
                <span className="small-print block">{t('figures.of', { capacity: sum.capacity })}</span>
              </>
            ) : shows.length > 0 ? (
              <CancelledState refunded={sum.refunded} />
            ) : (
              t('figures.none')
            )}
          </span>
          <Money value={sum.takings} />
        </p>
      ) : null}
    </section>
  )
}

export function Hours({ axis }: { axis: Axis }) {
  return (
    <div className="hours" aria-hidden="true">
      {axis.ticks.map((tick) => (
        <span key={tick.at} style={{ left: `${placeOn(axis, { from: tick.at, to: tick.at }).left}%` }}>
          {tick.label}
        </span>
      ))}
    </div>
  )
}

export function Lines({ axis }: { axis: Axis }) {
  const now = useNow()
  return (
    <li className="track-lines" aria-hidden="true">
      {axis.ticks.map((tick) => (
        <span key={tick.at} style={{ left: `${placeOn(axis, { from: tick.at, to: tick.at }).left}%` }} />
      ))}
      {now > axis.from && now < axis.to ? (
        <span className="track-now" style={{ left: `${placeOn(axis, { from: now, to: now }).left}%` }} />
      ) : null}
    </li>
  )
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
