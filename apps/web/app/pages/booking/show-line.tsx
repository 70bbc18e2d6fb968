import { useTranslation } from 'react-i18next'
import { calendarDayOf, clockOf, dayInWords } from '../../util/dates.ts'
import { NightNote } from './night-note.tsx'

type Props = {
  localStart: string
  theaterName: string
  screenName: string
  notes?: (string | null)[]
  className?: string
}

/** When and where, in one line of print. */
export function ShowLine({ localStart, theaterName, screenName, notes = [], className = '' }: Props) {
  const { i18n } = useTranslation('booking')
  const parts = [screenName, theaterName, ...notes].filter(Boolean)
  return (
    <p className={`flex flex-wrap items-baseline gap-x-4 gap-y-1 ${className}`}>
      <time dateTime={localStart} className="flex items-baseline gap-3">
        <span className="time-print">{clockOf(localStart)}</span>
        <span>{dayInWords(calendarDayOf(localStart), i18n.language, 'long')}</span>
      </time>
      <NightNote localStart={localStart} className="text-quiet" />
      {parts.map((part) => (
        <span key={part} className="text-quiet">
          {part}
        </span>
      ))}
    </p>
  )
}
