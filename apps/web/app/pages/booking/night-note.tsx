import { useTranslation } from 'react-i18next'
import { addDays, calendarDayOf, dayInWords, isAfterMidnight } from '../../util/dates.ts'

/** Of a show after midnight, which night it is, so that nobody comes a day early or late. */
export function NightNote({ localStart, className }: { localStart: string; className?: string }) {
  const { t, i18n } = useTranslation('booking')
  if (!isAfterMidnight(localStart)) return null
  const day = calendarDayOf(localStart)
  const words = (one: string) => dayInWords(one, i18n.language, 'weekdayWhole')
  return (
    <span className={className}>{t('show.night', { from: words(addDays(day, -1)), to: words(day) })}</span>
  )
}
