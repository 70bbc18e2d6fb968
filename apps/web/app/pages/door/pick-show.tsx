import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import { Button } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { cinemaToday, clockOf, dayInWords } from '../../util/dates.ts'
import { keptShows } from './door-store.ts'
import type { DoorShow, DoorTheater } from './door-types.ts'

// The shows this device carries are at hand sooner than some networks give up.
const patience = 5000

type Props = {
  theaters: DoorTheater[]
  /** The show whose door this was just now: its theater is shown first. */
  left: DoorShow | undefined
  offline: boolean
  onPick: (show: DoorShow) => void
  /** Asks anew where somebody works. */
  onAgain: () => void
}

/** Which house, which show: today's programme, one press each. */
export function PickShow({ theaters, left, offline, onPick, onAgain }: Props) {
  const { t, i18n } = useTranslation('door')
  const [theaterId, setTheaterId] = useState(left?.theaterId)
  const head = useRef<HTMLHeadingElement>(null)
  // The button that led here is gone.
  useEffect(() => {
    if (left) head.current?.focus()
  }, [left])
  const theater = theaters.find((one) => one.id === theaterId) ?? theaters[0]
  const day = theater ? cinemaToday(theater.timeZone, new Date(), theater.dayStartsAt) : ''
  const [turn, setTurn] = useState(0)
  const shows = useShows(theater?.id, day, turn)
  if (!theater) {
    return (
      <>
        <h1 ref={head} tabIndex={-1} className="mb-8">
          {t('title')}
        </h1>
        {offline ? (
          <KeptShows onPick={onPick} onAgain={onAgain} />
        ) : (
          <EmptyState title={t('stranger.title')}>{t('stranger.text')}</EmptyState>
        )}
      </>
    )
  }
  return (
    <>
      <h1 ref={head} tabIndex={-1}>
        {t('title')}
      </h1>
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
          <KeptShows onPick={onPick} onAgain={() => setTurn(turn + 1)} />
        ) : shows.length === 0 ? (
          <EmptyState title={t('pick.none')}>{t('pick.noneText')}</EmptyState>
        ) : (
          <ShowList shows={shows} onPick={onPick} />
        )}
      </div>
    </>
  )
}

/** Without a network: the shows whose lists this device carries. */
function KeptShows({ onPick, onAgain }: Pick<Props, 'onPick' | 'onAgain'>) {
  const { t } = useTranslation('door')
  const { t: site } = useTranslation('site')
  const shows = keptShows()
  return (
    <>
      <ErrorState
        title={t('offlineStart.title')}
        actions={<Button onClick={onAgain}>{site('error.again')}</Button>}
      >
        {t(shows.length > 0 ? 'offlineStart.kept' : 'offlineStart.text')}
      </ErrorState>
      <div className="mt-8">
        <ShowList shows={shows} onPick={onPick} dated />
      </div>
    </>
  )
}

function ShowList({ shows, onPick, dated }: { shows: DoorShow[]; onPick: Props['onPick']; dated?: boolean }) {
  const { i18n } = useTranslation('door')
  return (
    <ul>
      {shows.map((show) => (
        <li key={show.id} className="border-line border-t">
          <button type="button" className="door-show" onClick={() => onPick(show)}>
            <span className="time-print">{clockOf(show.localStart)}</span>
            <bdi className="door-film">{show.movieTitle}</bdi>
            <span className="text-quiet">
              <bdi>{show.screenName}</bdi>
              {dated ? (
                <>
                  , <bdi>{show.theaterName}</bdi>, {dayInWords(show.day, i18n.language, 'short')}
                </>
              ) : null}
            </span>
          </button>
        </li>
      ))}
    </ul>
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
    const signal = AbortSignal.timeout(patience)
    const asked = send<{ items: DoorShow[] }>('GET', `/api/theaters/${theaterId}/shows?from=${day}`, {
      signal,
    })
    void asked
      .catch(() => undefined)
      .then((answer) => {
        if (left) return
        if (!answer?.ok) return setShows('failed')
        const items = answer.value.items.filter((show) => show.status === 'scheduled')
        setShows(items.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)))
      })
    return () => {
      left = true
    }
  }, [theaterId, day, turn])
  return shows
}
