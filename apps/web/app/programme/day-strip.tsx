import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { dayInWords } from '../util/dates.ts'
import type { Day } from './load-programme.ts'

type Props = { days: Day[]; chosen: string; href: (day: string) => string }

/** The days as one line of print; the chosen one is underlined. */
export function DayStrip({ days, chosen, href }: Props) {
  const { t, i18n } = useTranslation('site')
  return (
    <nav aria-label={t('day.label')} className="border-line border-y">
      <ul className="scroll-strip page">
        {days.map(({ date: day, name }) => (
          <li key={day}>
            <Link
              to={href(day)}
              preventScrollReset
              aria-current={day === chosen ? 'date' : undefined}
              className="choice flex-col items-start justify-center gap-0 py-2"
            >
              <span className="label-print">
                {name ? t(`day.${name}`) : dayInWords(day, i18n.language, 'weekday')}
              </span>
              <span className="text-quiet text-sm">{dayInWords(day, i18n.language, 'short')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
