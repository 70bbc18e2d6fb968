import type { Order } from '@marquee/contracts/booking'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bankOf } from './paying.ts'
import { ShowLine } from './show-line.tsx'

const longSeconds = 15

/** The bank has not answered yet: nothing to do, nothing can be lost. `bank`: its page, which comes first. */
export function Waiting({ order, bank: ahead }: { order: Order; bank?: string | undefined }) {
  const { t } = useTranslation('booking')
  const [long, setLong] = useState(false)
  const [left, setLeft] = useState<string>()
  useEffect(() => {
    setLeft(bankOf(order.id))
    const timer = setTimeout(() => setLong(true), longSeconds * 1000)
    return () => clearTimeout(timer)
  }, [order.id])
  const seats = order.seats.map((seat) => `${seat.row} ${seat.number}`).join(', ')
  return (
    <div className="waiting" role="status">
      <noscript>
        <meta httpEquiv="refresh" content={ahead ? `0;url=${ahead}` : '4'} />
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
      {ahead || left ? (
        <p>
          <a className="button" href={ahead ?? left}>
            {t(ahead ? 'waiting.toBank' : 'waiting.bank')}
          </a>
        </p>
      ) : null}
    </div>
  )
}
