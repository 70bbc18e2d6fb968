import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = { left: number; fraction: number }

export const warningSeconds = 120

/** The hold burns down as a thin line; its digits come when asked for. */
export function HoldLine({ left, fraction }: Props) {
  const { t } = useTranslation('booking')
  const [digits, setDigits] = useState(false)
  const late = left <= warningSeconds
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
  return (
    <div className="hold-line" data-late={late || undefined}>
      <div className="hold-track" aria-hidden="true">
        <div className="hold-burning" style={{ transform: `scaleX(${fraction})` }} />
        <div className="hold-ember" style={{ left: `${fraction * 100}%` }} />
      </div>
      <button
        type="button"
        className="hold-digits"
        aria-expanded={digits || late}
        onClick={() => setDigits((shown) => !shown)}
      >
        {digits || late ? <span role="timer">{t('hold.left', { clock })}</span> : t('hold.ask')}
      </button>
    </div>
  )
}
