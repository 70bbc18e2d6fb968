import type { Order } from '@marquee/contracts/booking'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { send } from '../../api/browser.ts'
import { useMe } from '../../api/me.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { EmptyState, ErrorState } from '../../ui/states.tsx'
import { calendarDayOf, clockOf, dayInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import './booking.css'
import './checkout.css'
import { FindOrders } from './find-orders.tsx'
import { rememberedOrders } from './open-order.ts'
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
          <Lists orders={orders} />
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

function Lists({ orders }: { orders: Order[] }) {
  const { t } = useTranslation('booking')
  const now = Date.now()
  const seen = orders.filter((order) => order.status !== 'expired' && order.status !== 'released')
  const endOf = ({ show }: Order) => Date.parse(show.startsAt) + (show.runtimeMinutes + 30) * 60_000
  const upcoming = seen
    .filter((order) => endOf(order) > now && order.status !== 'refunded')
    .sort((a, b) => a.show.startsAt.localeCompare(b.show.startsAt))
  const past = seen
    .filter((order) => !upcoming.includes(order))
    .sort((a, b) => b.show.startsAt.localeCompare(a.show.startsAt))
  if (seen.length === 0) {
    return (
      <EmptyState
        title={t('orders.none')}
        actions={
          <ButtonLink look="main" to={paths.programme()}>
            {t('orders.toProgramme')}
          </ButtonLink>
        }
      >
        {t('orders.noneText')}
      </EmptyState>
    )
  }
  return (
    <>
      {upcoming.length > 0 ? <List title={t('orders.upcoming')} orders={upcoming} /> : null}
      {past.length > 0 ? <List title={t('orders.past')} orders={past} quiet /> : null}
    </>
  )
}

function List({ title, orders, quiet = false }: { title: string; orders: Order[]; quiet?: boolean }) {
  const { t, i18n } = useTranslation('booking')
  return (
    <section className="mt-10 first:mt-0">
      <h2 className="label-print">{title}</h2>
      <ul className="mt-2">
        {orders.map((order) => (
          <li key={order.id} className="border-line border-t">
            <Link to={paths.order(order.id)} className={`order-line ${quiet ? 'text-quiet' : ''}`}>
              <span>
                <span className="time-print block">{clockOf(order.show.localStart)}</span>
                <span className="small-print">
                  {dayInWords(calendarDayOf(order.show.localStart), i18n.language, 'short')}
                </span>
              </span>
              <span className="min-w-0">
                <bdi className="order-film">{order.show.movieTitle}</bdi>
                <span className="small-print block">
                  <bdi>{order.show.screenName}</bdi>, <bdi>{order.show.theaterName}</bdi>
                </span>
              </span>
              <span className="order-seats condensed">
                {order.seats.map((seat) => `${seat.row} ${seat.number}`).join('  ')}
              </span>
              <span className="order-state small-print" data-status={order.status}>
                {t(`order.status.${order.status}`)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
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
