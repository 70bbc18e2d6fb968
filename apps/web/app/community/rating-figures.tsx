import { useTranslation } from 'react-i18next'
import type { Figures } from '../api/types.ts'
import { oneDigit } from '../util/numbers.ts'
import { Histogram } from './histogram.tsx'
import './texts.ts'

/** How a film is rated: the average as large as a showtime wishes it were, the spread beside it. */
export function RatingFigures({ figures }: { figures: Figures }) {
  const { t, i18n } = useTranslation('voices')
  if (figures.count === 0 || figures.average === null) {
    return <p className="text-quiet">{t('figures.none')}</p>
  }
  const average = oneDigit(figures.average, i18n.language)
  return (
    <div className="rating-figures">
      <p className="flex items-end gap-3">
        <span className="rating-average" aria-hidden="true">
          {average}
        </span>
        <span className="sr-only">{t('figures.average', { average })}</span>
        <span className="small-print">
          {t('figures.count', { count: figures.count, number: figures.count.toLocaleString(i18n.language) })}
        </span>
      </p>
      <Histogram counts={figures.histogram} />
    </div>
  )
}
