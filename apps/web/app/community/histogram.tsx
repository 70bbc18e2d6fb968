import { useTranslation } from 'react-i18next'
import { starsInPrint } from './stars.tsx'
import './community.css'
import './texts.ts'

const step = 22
const high = 56

/** How many gave what, engraved: each column is a bundle of hairlines, as long as the longest is high. */
export function Histogram({ counts, className = '' }: { counts: number[]; className?: string }) {
  const { t } = useTranslation('voices')
  const most = Math.max(1, ...counts)
  return (
    <figure className={`histogram ${className}`}>
      <svg viewBox={`0 0 ${step * 10} ${high + 1}`} aria-hidden="true" preserveAspectRatio="none">
        {counts.map((count, at) => {
          const length = count > 0 ? Math.max(2, (count / most) * high) : 0
          const lines = [4, 8, 12, 16]
          return length > 0 ? (
            <path
              key={starsOf(at)}
              d={lines.map((x) => `M${at * step + x + 1} ${high}v${-length}`).join('')}
              className="histogram-lines"
            />
          ) : null
        })}
        <path d={`M0 ${high + 0.5}H${step * 10}`} className="histogram-base" />
      </svg>
      <figcaption className="histogram-ends" aria-hidden="true">
        <span>½</span>
        <span>5</span>
      </figcaption>
      <ul className="sr-only" aria-label={t('histogram.label')}>
        {counts.map((count, at) => (
          <li key={starsOf(at)}>{t('histogram.line', { stars: starsInPrint(starsOf(at)), count })}</li>
        ))}
      </ul>
    </figure>
  )
}

const starsOf = (at: number) => (at + 1) / 2
