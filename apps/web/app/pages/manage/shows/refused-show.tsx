import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../api/types.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorState } from '../../../ui/states.tsx'
import { clockOf, dayInWords } from '../../../util/dates.ts'
import { managePaths } from '../manage-paths.ts'
import type { MyTheater } from '../manage-types.ts'
import { useProblemText } from '../use-problem-text.ts'
import { wallClock } from '../zone-time.ts'

export type ShowProblem = Problem & {
  show?: { id: string; movieTitle: string; localStart: string; busyUntil: string }
  choices?: string[]
  seats?: string[]
}
type Props = {
  theater: MyTheater
  problem: ShowProblem
  /** Local start at which the screen is free, if known. */
  free?: string
  /** Tries again at this local time, which may carry an offset. */
  onTake: (localStart: string) => void
}

/** Why a show cannot be then and there, and what would go instead. */
export function RefusedShow({ theater, problem, free, onTake }: Props) {
  const { t, i18n } = useTranslation('manage')
  const textOf = useProblemText()
  const inWords = (localStart: string) =>
    t('refused.at', {
      time: clockOf(localStart),
      day: dayInWords(localStart.slice(0, 10), i18n.language, 'short'),
    })

  if (problem.code === 'screen-busy' && problem.show) {
    const { show } = problem
    const until = wallClock(Date.parse(show.busyUntil), theater.timeZone)
    return (
      <ErrorState
        title={t('refused.busy')}
        actions={
          free ? (
            <Button look="main" onClick={() => onTake(free)}>
              {t('refused.take', { when: inWords(free) })}
            </Button>
          ) : null
        }
      >
        <p>
          <a href={managePaths.show(theater.id, show.id)}>
            <bdi>{show.movieTitle}</bdi>
          </a>{' '}
          {t('refused.busyText', { from: clockOf(show.localStart), until: clockOf(until) })}
        </p>
        {free ? <p>{t('refused.free', { when: inWords(free) })}</p> : null}
      </ErrorState>
    )
  }
  if (problem.code === 'ambiguous-time' && problem.choices) {
    return (
      <ErrorState
        title={t('refused.ambiguous')}
        actions={problem.choices.map((choice) => (
          <Button key={choice} onClick={() => onTake(choice)}>
            {t('refused.choice', { time: clockOf(choice), offset: choice.slice(-6) })}
          </Button>
        ))}
      >
        {t('refused.ambiguousText')}
      </ErrorState>
    )
  }
  if (problem.code === 'seats-sold' && problem.seats) {
    return (
      <ErrorState title={t('refused.sold')}>
        {t('refused.soldText', { seats: problem.seats.join(', '), count: problem.seats.length })}
      </ErrorState>
    )
  }
  if (problem.code === 'show-cancelled')
    return <ErrorState title={t('refused.cancelled')}>{t('refused.cancelledText')}</ErrorState>
  return <ErrorState title={t('refused.other')}>{textOf(problem)}</ErrorState>
}
