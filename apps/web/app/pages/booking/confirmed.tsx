import type { Order } from '@marquee/contracts/booking'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { Money } from '../../ui/money.tsx'
import { clockOf } from '../../util/dates.ts'
import { formatMoney } from '../../util/money.ts'
import { keepOffline } from '../../util/offline.ts'
import { paths } from '../../util/path-builder.ts'
import { Bill } from './bill.tsx'
import { forgetPaying } from './paying.ts'
import type { Qr } from './qr.server.ts'
import { RefundDialog } from './refund-dialog.tsx'
import { ShowLine } from './show-line.tsx'
import './stub.css'
import { Stub } from './stub.tsx'

type Props = {
  order: Order
  codes: Record<string, Qr>
  tooLate: boolean
  demo: boolean
  /** Set while tickets are given back here: that is told here, too. */
  givesBack: RefObject<boolean>
}

/** Paid: the tickets, what they cost, and how to give them back. */
export function Confirmed({ order, codes, tooLate, demo, givesBack }: Props) {
  const { t, i18n } = useTranslation('booking')
  const announce = useAnnounce()
  const heading = useRef<HTMLHeadingElement>(null)
  const [refunding, setRefunding] = useState(false)
  const [givenBack, setGivenBack] = useState<number>()
  useEffect(() => {
    forgetPaying(order.id)
    keepOffline([paths.order(order.id), ...order.tickets.map((ticket) => paths.ticket(ticket.id))])
  }, [order.id, order.tickets])
  // The button that asked may be gone with the last ticket, and nothing behind an open dialog is read out.
  useEffect(() => {
    if (givenBack === undefined) return
    setGivenBack(undefined)
    heading.current?.focus()
    const money = formatMoney({ amount: givenBack, currency: order.total.currency }, i18n.language)
    announce(t('refund.given', { money }))
  }, [givenBack, announce, order.total.currency, t, i18n.language])
  function ask(open: boolean) {
    givesBack.current = open
    setRefunding(open)
  }
  const valid = order.tickets.filter((ticket) => ticket.status === 'valid')
  const isOff = order.status === 'refunded' || order.show.cancelled
  const title =
    order.status === 'refunded'
      ? t('confirmed.refunded')
      : order.show.cancelled
        ? t('confirmed.cancelled')
        : t('confirmed.title', { clock: clockOf(order.show.localStart) })
  return (
    <>
      <header className="order-head">
        <h1 ref={heading} tabIndex={-1} className="map-title">
          {title}
        </h1>
        <p className="text-quiet">{t('confirmed.number', { number: order.number })}</p>
      </header>
      <div className="confirmed">
        <ul className="stubs" aria-label={t('confirmed.tickets')}>
          {usefulFirst(order.tickets).map((ticket) => {
            const seat = order.seats.find((one) => one.seatId === ticket.seatId)
            return seat ? (
              <li key={ticket.id}>
                <Stub ticket={{ ...ticket, seat, show: order.show, qr: codes[ticket.id] }} />
              </li>
            ) : null
          })}
        </ul>
        <aside className="confirmed-side">
          {demo && valid[0] ? <Usher showId={order.showId} code={valid[0].code} /> : null}
          <h2>{order.show.movieTitle}</h2>
          <ShowLine {...order.show} className="mt-2" />
          {order.email && order.status !== 'refunded' ? (
            <p className="small-print mt-3">{t('confirmed.mailed', { email: order.email })}</p>
          ) : null}
          <div className="mt-4 flex flex-wrap gap-3">
            <a className="button" href={`/api/orders/${order.id}/calendar.ics`} download>
              {t(isOff ? 'confirmed.calendarOut' : 'confirmed.calendar')}
            </a>
            <Button onClick={() => window.print()}>{t('confirmed.print')}</Button>
          </div>
          <div className="mt-6">
            <Bill order={order} />
          </div>
          <Refunds order={order} />
          {valid.length > 0 ? (
            <Button look="quiet" onClick={() => ask(true)}>
              {t('refund.open')}
            </Button>
          ) : null}
        </aside>
      </div>
      <RefundDialog
        order={order}
        late={tooLate}
        open={refunding}
        onClose={() => ask(false)}
        onDone={(amount) => {
          setRefunding(false)
          setGivenBack(amount)
        }}
      />
    </>
  )
}

const usefulFirst = (tickets: Order['tickets']) =>
  tickets.toSorted((a, b) => Number(a.status === 'refunded') - Number(b.status === 'refunded'))

/** Only in the demo: the other side of the door, one press away. */
function Usher({ showId, code }: { showId: string; code: string }) {
  const { t } = useTranslation('booking')
  return (
    <div className="notice mb-6">
      <p className="label-print">{t('usher.title')}</p>
      <p className="mt-1 text-sm">{t('usher.text')}</p>
      <a
        className="button mt-3"
        href={`${paths.door()}?show=${showId}#${code}`}
        target="_blank"
        rel="noopener opener"
      >
        {t('usher.open')}
      </a>
    </div>
  )
}

function Refunds({ order }: { order: Order }) {
  const { t } = useTranslation('booking')
  if (order.refunds.length === 0) return null
  return (
    <section className="mt-6" aria-label={t('refund.title')} aria-live="polite">
      <h3>{t('refund.title')}</h3>
      <ul className="mt-2">
        {order.refunds.map((refund) => {
          const seatId = order.tickets.find((ticket) => ticket.id === refund.ticketId)?.seatId
          const seat = order.seats.find((one) => one.seatId === seatId)
          return (
            <li key={refund.ticketId} className="flex justify-between gap-4 border-line border-t py-2">
              <span>
                {seat ? `${seat.row} ${seat.number}` : ''}{' '}
                <span className="text-quiet">{t(`refund.state.${refund.status}`)}</span>
              </span>
              <Money value={refund.amount} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
