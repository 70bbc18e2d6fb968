import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { data, type LoaderFunctionArgs, useLoaderData, useRevalidator } from 'react-router'
import { apiOf, isDemo } from '../../context.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import './booking.css'
import './checkout.css'
import { Checkout } from './checkout.tsx'
import { Confirmed } from './confirmed.tsx'
import { Ended } from './ended.tsx'
import { Locked } from './locked.tsx'
import { openOrder, rememberOrder } from './open-order.ts'
import { qrOf } from './qr.server.ts'
import './texts.ts'
import { useWatchedOrder } from './use-watched-order.ts'
import { Waiting } from './waiting.tsx'

export async function loader({ params, context }: LoaderFunctionArgs) {
  const orderId = params.orderId ?? ''
  const outcome = await apiOf(context).booking.attempt.getOrder({ orderId })
  const demo = isDemo(context)
  if (outcome.ok) {
    const codes = Object.fromEntries(outcome.value.tickets.map((ticket) => [ticket.id, qrOf(ticket.code)]))
    return { orderId, demo, order: outcome.value, codes }
  }
  // Somebody without the cookie may still carry the secret behind the #, which no server sees.
  if (outcome.status === 401 || outcome.status === 403) return { orderId, demo, order: null, codes: {} }
  throw data(null, { status: outcome.status === 422 ? 404 : outcome.status })
}

export default function OrderPage() {
  const { orderId, demo, order: loaded, codes } = useLoaderData<typeof loader>()
  const { t } = useTranslation('booking')
  const opening = useSecretInAddress(orderId)
  const order = useWatchedOrder(loaded)
  if (!order) {
    return opening ? (
      <div className="page py-10">
        <SkeletonRows label={t('order.opening')} />
      </div>
    ) : (
      <Locked next={`/orders/${orderId}`} />
    )
  }
  return (
    <div className="page pt-8 pb-16">
      <title>{`${order.show.movieTitle}, ${t(`order.status.${order.status}`)} · Marquee`}</title>
      {order.status === 'held' ? (
        <Checkout order={order} demo={demo} />
      ) : order.status === 'paying' ? (
        <Waiting order={order} />
      ) : order.status === 'expired' || order.status === 'released' ? (
        <Ended order={order} />
      ) : (
        <Confirmed order={order} codes={codes} />
      )}
    </div>
  )
}

/** Trades the secret behind the # for a cookie, takes it out of the address bar and loads the order again. */
function useSecretInAddress(orderId: string): boolean {
  const [opening, setOpening] = useState(true)
  const { revalidate } = useRevalidator()
  useEffect(() => {
    const secret = window.location.hash.slice(1)
    if (secret.length < 16) {
      setOpening(false)
      return
    }
    history.replaceState(history.state, '', window.location.pathname + window.location.search)
    openOrder(orderId, secret)
      .then((opened) => {
        if (opened) rememberOrder(orderId)
        return opened ? revalidate() : undefined
      })
      .finally(() => setOpening(false))
  }, [orderId, revalidate])
  return opening
}
