import { useTranslation } from 'react-i18next'
import { dayInWords } from '../util/dates.ts'

/** The writer's ticket was admitted: where and when. */
export function SeenAt({ seenAt }: { seenAt: { theaterName: string; on: string } }) {
  const { t, i18n } = useTranslation('voices')
  return (
    <p className="seen-at">
      <svg viewBox="0 0 22 12" className="seen-at-stub" aria-hidden="true">
        <path d="M.5.5h21v3a2.5 2.5 0 0 0 0 5v3H.5v-3a2.5 2.5 0 0 0 0-5zM15.5 2v8" />
      </svg>
      {t('review.seenAt', {
        theater: seenAt.theaterName,
        day: dayInWords(seenAt.on, i18n.language, 'dated'),
      })}
    </p>
  )
}
