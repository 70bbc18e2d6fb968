import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { dayInWords } from '../util/dates.ts'

type Props = { days: string[]; chosen: string; href: (day: string) => string }

/** The days as one line of print; the chosen one is underlined. The first is today. */
export function DayStrip({ days, chosen, href }: Props) {
  const { t, i18n } = useTranslation('site')
  const name = (day: string, at: number) => {
    if (at === 0) return t('day.today')
    if (at === 1) return t('day.tomorrow')
    return dayInWords(day, i18n.language, 'weekday')
  }
  return (
    <nav aria-label={t('day.label')} className="border-line border-y">
      <ul className="scroll-strip page">
        {days.map((day, at) => (
          <li key={day}>
            <Link
              to={href(day)}
              preventScrollReset
              aria-current={day === chosen ? 'date' : undefined}
              className="choice flex-col items-start justify-center gap-0 py-2"
            >
              <span className="label-print">{name(day, at)}</span>
              <span className="text-quiet text-sm">{dayInWords(day, i18n.language, 'short')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
