import { useTranslation } from 'react-i18next'
import './texts.ts'

/** A star in a box of 24 by 24, and its left half. */
export const starPath = 'M12 1.8L14.8 9L22.5 9.4L16.5 14.3L18.5 21.7L12 17.5L5.5 21.7L7.5 14.3L1.5 9.4L9.2 9z'
const halfStarPath = 'M12 1.8L12 17.5L5.5 21.7L7.5 14.3L1.5 9.4L9.2 9z'

/** "3½" out of 3.5, as critics write it. */
export function starsInPrint(stars: number): string {
  const whole = Math.floor(stars)
  return `${whole || ''}${stars % 1 ? '½' : ''}`
}

/** Which plural stars take: half a star is one. */
export const starsSaid = (stars: number) => ({ stars: starsInPrint(stars), count: Math.ceil(stars) })

/** Stars as a newspaper prints them: only those given. */
export function Stars({ value, className = '' }: { value: number; className?: string }) {
  const { t } = useTranslation('voices')
  const whole = Math.floor(value)
  const half = value % 1 > 0
  const width = (whole + (half ? 0.5 : 0)) * 24
  return (
    <svg
      viewBox={`0 0 ${width} 24`}
      className={`stars ${className}`}
      style={{ aspectRatio: `${width} / 24` }}
      role="img"
      aria-label={t('stars.given', { stars: starsInPrint(value) })}
    >
      {Array.from({ length: whole }, (_, at) => at).map((at) => (
        <path key={at} d={starPath} transform={`translate(${at * 24} 0)`} />
      ))}
      {half ? <path d={halfStarPath} transform={`translate(${whole * 24} 0)`} /> : null}
    </svg>
  )
}
