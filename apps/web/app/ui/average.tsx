import { useTranslation } from 'react-i18next'
import { oneDigit } from '../util/numbers.ts'

/** A film's average as a figure; a listener hears what it means. Nothing before anybody has rated. */
export function Average({ rating }: { rating: { average: number | null; count: number } }) {
  const { t, i18n } = useTranslation('site')
  if (rating.average === null || rating.count === 0) return null
  const average = oneDigit(rating.average, i18n.language)
  return (
    <>
      <span aria-hidden="true">{average}</span>
      <span className="sr-only">{t('film.rating', { average, count: rating.count })}</span>
    </>
  )
}
