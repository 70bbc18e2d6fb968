import type { Order } from '@marquee/contracts/booking'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { calendarDayOf, clockOf, dayInWords } from '../../util/dates.ts'
import { paths } from '../../util/path-builder.ts'
import { isPaidBack } from './paid-back.ts'

/** What is still to come and what is over; holds that ran out are neither, unless they were charged for. */
export function OrderLists({ orders }: { orders: Order[] }) {
  const { t } = useTranslation('booking')
  const now = Date.now()
  const seen = orders.filter(
    (order) => isPaidBack(order) || (order.status !== 'expired' && order.status !== 'released'),
  )
  const endOf = ({ show }: Order) => Date.parse(show.startsAt) + (show.runtimeMinutes + 30) * 60_000
  const upcoming = seen
    .filter((order) => endOf(order) > now && order.status !== 'refunded' && !isPaidBack(order))
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
                {t(`order.status.${isPaidBack(order) ? 'paid-back' : order.status}`)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
