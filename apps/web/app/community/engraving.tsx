import './community.css'

export type Column = { key: string | number; count: number /** What a screen reader hears. */; said: string }

type Props = {
  columns: Column[]
  label: string
  /** What stands under the first and the last column. */
  ends: [string, string]
  className?: string
}

const step = 22
const high = 56

/** Figures as an engraving: each column is a bundle of hairlines, the longest as high as the plate. */
export function Engraving({ columns, label, ends, className = '' }: Props) {
  const most = Math.max(1, ...columns.map(({ count }) => count))
  const width = step * columns.length
  return (
    <figure className={`engraving ${className}`}>
      <svg viewBox={`0 0 ${width} ${high + 1}`} aria-hidden="true" preserveAspectRatio="none">
        {columns.map(({ key, count }, at) => {
          const length = Math.max(2, (count / most) * high)
          const lines = [5, 9, 13, 17].map((x) => `M${at * step + x} ${high}v${-length}`).join('')
          return count > 0 ? <path key={key} d={lines} className="engraving-lines" /> : null
        })}
        <path d={`M0 ${high + 0.5}H${width}`} className="engraving-base" />
      </svg>
      <p className="engraving-ends" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </p>
      <ul className="sr-only" aria-label={label}>
        {columns.map(({ key, said }) => (
          <li key={key}>{said}</li>
        ))}
      </ul>
    </figure>
  )
}
