import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { localeOf } from '../../util/money.ts'
import type { Conflict } from './door-types.ts'

/** Guests that this door let in without a network, and the house then did not know or had inside already. */
export function Conflicts({ conflicts, onSeen }: { conflicts: Conflict[]; onSeen: () => void }) {
  const { t, i18n } = useTranslation('door')
  if (conflicts.length === 0) return null
  const clock = new Intl.DateTimeFormat(localeOf(i18n.language), { timeStyle: 'medium' })
  return (
    <ErrorState
      title={t('conflicts.title', { count: conflicts.length })}
      actions={<Button onClick={onSeen}>{t('conflicts.seen')}</Button>}
    >
      <ul>
        {conflicts.map((conflict) => (
          <li key={conflict.scanId}>
            <strong>{conflict.seat || '?'}</strong> {clock.format(new Date(conflict.scannedAt))}{' '}
            <span className="text-quiet">{t(`conflicts.${conflict.result}`)}</span>
          </li>
        ))}
      </ul>
    </ErrorState>
  )
}
