import type { Order } from '@marquee/contracts/booking'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { send } from '../../api/browser.ts'
import { useMe } from '../../api/me.ts'
import { Button } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import './booking.css'
import './checkout.css'
import { FindOrders } from './find-orders.tsx'
import { rememberedOrders } from './open-order.ts'
import { OrderLists } from './order-lists.tsx'
import './texts.ts'

type Page = { items: Order[]; nextCursor: string | null }

export default function OrdersPage() {
  const { t } = useTranslation('booking')
  const me = useMe()
  const [turn, setTurn] = useState(0)
  const orders = useOrders(me === undefined ? undefined : me !== null, turn)
  return (
    <div className="page pt-8 pb-16">
      <title>{`${t('orders.title')} · Marquee`}</title>
      <h1>{t('orders.title')}</h1>
      <div className="mt-8">
        {orders === undefined ? (
          <SkeletonRows label={t('orders.loading')} />
        ) : orders === 'failed' ? (
          <ErrorState
            title={t('orders.failed')}
            actions={<Button onClick={() => setTurn(turn + 1)}>{t('again')}</Button>}
          >
            {t('orders.failedText')}
          </ErrorState>
        ) : (
          <OrderLists orders={orders} />
        )}
      </div>
      {me === null ? (
        <>
          <p className="mt-8">
            <Link to={paths.login({ next: paths.orders() })}>{t('orders.logIn')}</Link>
          </p>
          <FindOrders />
        </>
      ) : null}
    </div>
  )
}

/** All orders of an account, or those that this browser remembers and may still see. */
function useOrders(known: boolean | undefined, turn: number): Order[] | 'failed' | undefined {
  const [orders, setOrders] = useState<Order[] | 'failed'>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    if (known === undefined) return
    let left = false
    setOrders(undefined)
    const load = known ? ofAccount() : ofBrowser()
    load.then((found) => (left ? undefined : setOrders(found)))
    return () => {
      left = true
    }
  }, [known, turn])
  return orders
}

async function ofAccount(): Promise<Order[] | 'failed'> {
  const items: Order[] = []
  let cursor = ''
  for (let pages = 0; pages < 10; pages += 1) {
    const answer = await send<Page>('GET', `/api/orders?limit=100${cursor}`)
    if (!answer.ok) return 'failed'
    items.push(...answer.value.items)
    if (!answer.value.nextCursor) break
    cursor = `&cursor=${encodeURIComponent(answer.value.nextCursor)}`
  }
  return items
}

async function ofBrowser(): Promise<Order[] | 'failed'> {
  const answers = await Promise.all(
    rememberedOrders().map((orderId) => send<Order>('GET', `/api/orders/${orderId}`)),
  )
  const found = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
  const unanswered = answers.some(({ status }) => status === 0 || status >= 500)
  return found.length === 0 && unanswered ? 'failed' : found
}
