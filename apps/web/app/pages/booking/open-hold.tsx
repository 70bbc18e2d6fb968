import type { Order } from '@marquee/contracts/booking'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { send } from '../../api/browser.ts'
import { paths } from '../../util/path-builder.ts'
import { rememberedOrders } from './open-order.ts'

/** Somebody who came back to the map still holds seats: the way to them. */
export function OpenHold({ showId }: { showId: string }) {
  const { t } = useTranslation('booking')
  const [order, setOrder] = useState<Order>()
  useEffect(() => {
    const [latest] = rememberedOrders()
    if (!latest) return
    const leaving = new AbortController()
    send<Order>('GET', `/api/orders/${latest}`, { signal: leaving.signal }).then(
      (answer) => {
        const open = answer.ok && (answer.value.status === 'held' || answer.value.status === 'paying')
        if (open && answer.value.showId === showId) setOrder(answer.value)
      },
      // Leaving the page aborts the question.
      () => undefined,
    )
    return () => leaving.abort()
  }, [showId])
  if (!order) return null
  const seats = order.seats.map((seat) => `${seat.row} ${seat.number}`).join(', ')
  return (
    <p className="open-hold" role="status">
      {t('hold.open', { seats })} <Link to={paths.order(order.id)}>{t('hold.toOrder')}</Link>
    </p>
  )
}
