import type { Order } from '@marquee/contracts/booking'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bankOf } from './paying.ts'
import { ShowLine } from './show-line.tsx'

const longSeconds = 15

/** The bank has not answered yet: nothing to do, nothing can be lost. */
export function Waiting({ order }: { order: Order }) {
  const { t } = useTranslation('booking')
  const [long, setLong] = useState(false)
  const [bank, setBank] = useState<string>()
  useEffect(() => {
    setBank(bankOf(order.id))
    const timer = setTimeout(() => setLong(true), longSeconds * 1000)
    return () => clearTimeout(timer)
  }, [order.id])
  const seats = order.seats.map((seat) => `${seat.row} ${seat.number}`).join(', ')
  return (
    <div className="waiting" role="status">
      <noscript>
        <meta httpEquiv="refresh" content="4" />
      </noscript>
      <svg viewBox="0 0 240 24" className="waiting-reel" aria-hidden="true">
        {Array.from({ length: 10 }, (_, frame) => frame).map((frame) => (
          <rect
            key={frame}
            x={frame * 24 + 4}
            y="3"
            width="16"
            height="18"
            style={{ animationDelay: `${frame * 160}ms` }}
          />
        ))}
      </svg>
      <h1 className="map-title">{t('waiting.title')}</h1>
      <p className="max-w-prose text-lg text-quiet">{t('waiting.text', { seats })}</p>
      <div>
        <h2 className="mt-4">
          <bdi>{order.show.movieTitle}</bdi>
        </h2>
        <ShowLine {...order.show} className="mt-2" />
      </div>
      {long ? <p className="notice max-w-prose">{t('waiting.long')}</p> : null}
      {bank ? (
        <p>
          <a className="button" href={bank}>
            {t('waiting.bank')}
          </a>
        </p>
      ) : null}
    </div>
  )
}
