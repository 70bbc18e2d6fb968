import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { Button } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { cinemaToday, clockOf, dayInWords } from '../../util/dates.ts'
import type { DoorShow, DoorTheater } from './door-types.ts'

type Props = {
  theaters: DoorTheater[]
  /** Shown first: where somebody worked just now. */
  firstTheaterId: string | undefined
  offline: boolean
  onPick: (show: DoorShow) => void
}

/** Which house, which show: today's programme, one press each. */
export function PickShow({ theaters, firstTheaterId, offline, onPick }: Props) {
  const { t, i18n } = useTranslation('door')
  const [theaterId, setTheaterId] = useState(firstTheaterId)
  const theater = theaters.find((one) => one.id === theaterId) ?? theaters[0]
  const day = theater ? cinemaToday(theater.timeZone, new Date(), theater.dayStartsAt) : ''
  const [turn, setTurn] = useState(0)
  const shows = useShows(theater?.id, day, turn)
  const { t: site } = useTranslation('site')
  if (!theater) {
    return (
      <>
        <h1 className="mb-8">{t('title')}</h1>
        <EmptyState title={t(offline ? 'offlineStart.title' : 'stranger.title')}>
          {t(offline ? 'offlineStart.text' : 'stranger.text')}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <h1>{t('title')}</h1>
      {theaters.length > 1 ? (
        // biome-ignore lint/a11y/useSemanticElements: buttons, not a form's fields
        <div role="group" aria-label={t('pick.theater')} className="mt-4 flex flex-wrap gap-x-6">
          {theaters.map((one) => (
            <button
              key={one.id}
              type="button"
              className="choice"
              aria-pressed={one.id === theater.id}
              onClick={() => setTheaterId(one.id)}
            >
              <bdi>{one.name}</bdi>
            </button>
          ))}
        </div>
      ) : null}
      <h2 className="label-print mt-8">
        {t('pick.day', { theater: theater.name, day: dayInWords(day, i18n.language, 'long') })}
      </h2>
      <div className="mt-2">
        {shows === undefined ? (
          <SkeletonRows label={t('loading')} />
        ) : shows === 'failed' ? (
          <ErrorState
            title={site('error.offline.title')}
            actions={<Button onClick={() => setTurn(turn + 1)}>{site('error.again')}</Button>}
          >
            {site('error.offline.text')}
          </ErrorState>
        ) : shows.length === 0 ? (
          <EmptyState title={t('pick.none')}>{t('pick.noneText')}</EmptyState>
        ) : (
          <ul>
            {shows.map((show) => (
              <li key={show.id} className="border-line border-t">
                <button type="button" className="door-show" onClick={() => onPick(show)}>
                  <span className="time-print">{clockOf(show.localStart)}</span>
                  <bdi className="door-film">{show.movieTitle}</bdi>
                  <bdi className="text-quiet">{show.screenName}</bdi>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  )
}

function useShows(
  theaterId: string | undefined,
  day: string,
  turn: number,
): DoorShow[] | 'failed' | undefined {
  const [shows, setShows] = useState<DoorShow[] | 'failed'>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    if (!theaterId) return
    let left = false
    setShows(undefined)
    send<{ items: DoorShow[] }>('GET', `/api/theaters/${theaterId}/shows?from=${day}`).then((answer) => {
      if (left) return
      if (!answer.ok) return setShows('failed')
      const items = answer.value.items.filter((show) => show.status === 'scheduled')
      setShows(items.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)))
    })
    return () => {
      left = true
    }
  }, [theaterId, day, turn])
  return shows
}
