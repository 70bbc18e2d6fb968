import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import type { Refusal } from './hold.ts'

type Props = {
  refusal: Refusal
  /** "F 12" out of a seat id. */
  shortName: (seatId: string) => string
  /** Without it nothing is suggested. */
  onSuggestion?: (seats: string[]) => void
  /** Somebody leaves to log in. */
  onLogIn?: () => void
}

const known = new Set([
  'seats-taken',
  'orphan-seat',
  'not-enough-seats',
  'sales-closed',
  'too-many-holds',
  'hold-expired',
  'payment-in-progress',
  'order-final',
  'unreachable',
  'rate-limited',
  'invalid-input',
  'nothing-chosen',
  'no-address',
  'unauthenticated',
])

/** Why the seats are not mine, and the shortest way on. */
export function HoldProblem({ refusal, shortName, onSuggestion, onLogIn }: Props) {
  const { t } = useTranslation('booking')
  const code = known.has(refusal.code) ? refusal.code : 'unknown'
  const seats = refusal.seats.map(shortName).join(', ')
  const reasons = new Set(
    refusal.errors.map(({ path, message }) =>
      t(`problem.field.${path.split('.').at(-1)}`, { defaultValue: message }),
    ),
  )
  const { pathname, search } = useLocation()
  const suggestions = onSuggestion ? refusal.suggestions.slice(0, 3) : []
  const actions = suggestions.map((suggested) => (
    <Button key={suggested.join()} onClick={() => onSuggestion?.(suggested)}>
      {t('problem.takeInstead', { seats: suggested.map(shortName).join(', ') })}
    </Button>
  ))
  if (code === 'unauthenticated')
    actions.push(
      <ButtonLink
        key="login"
        look="main"
        to={paths.login({ next: `${pathname}${search}` })}
        onClick={onLogIn}
      >
        {t('locked.logIn')}
      </ButtonLink>,
    )
  return (
    <ErrorState
      title={t(`problem.${code}.title`, { seats, count: refusal.seats.length })}
      actions={actions.length > 0 ? actions : undefined}
    >
      <p>{t(`problem.${code}.text`, { seats, count: refusal.seats.length })}</p>
      {code === 'invalid-input' || code === 'unknown' ? (
        <ul className="small-print mt-2">
          {[...reasons].map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
    </ErrorState>
  )
}
