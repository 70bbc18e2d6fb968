import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { starPath, starsSaid } from './stars.tsx'
import './community.css'
import './texts.ts'

const steps = Array.from({ length: 10 }, (_, at) => (at + 1) / 2)

type Props = {
  value: number | null
  onChange: (stars: number | null) => void
  legend: string
  disabled?: boolean
}

/** Ten radio buttons drawn as five stars: arrow keys walk by half stars, Delete takes them back. */
export function StarInput({ value, onChange, legend, disabled = false }: Props) {
  const { t } = useTranslation('voices')
  const name = useId()
  const [pointed, setPointed] = useState<number>()
  const shown = pointed ?? value ?? 0
  return (
    <fieldset
      className="star-input"
      disabled={disabled}
      onPointerLeave={() => setPointed(undefined)}
      onKeyDown={(event) => {
        if (value === null || (event.key !== 'Delete' && event.key !== 'Backspace')) return
        event.preventDefault()
        onChange(null)
      }}
    >
      <legend className="sr-only">{legend}</legend>
      {steps.map((stars) => {
        const left = stars % 1 > 0
        const state = stars <= shown ? (pointed === undefined ? 'given' : 'pointed') : 'free'
        return (
          <label
            key={stars}
            className="star-half"
            data-side={left ? 'left' : 'right'}
            data-state={state}
            onPointerEnter={(event) => event.pointerType === 'mouse' && setPointed(stars)}
          >
            <input
              type="radio"
              name={name}
              value={stars}
              checked={stars === value}
              onChange={() => onChange(stars)}
              // A guest may choose the same stars again after coming back.
              onClick={() => setPointed(undefined)}
              className="sr-only"
              aria-label={t('stars.count', starsSaid(stars))}
            />
            <svg viewBox={left ? '0 0 12 24' : '12 0 12 24'} aria-hidden="true">
              <path className="star-outline" d={starPath} />
              <path className="star-fill" d={starPath} />
            </svg>
          </label>
        )
      })}
    </fieldset>
  )
}
