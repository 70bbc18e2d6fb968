import type { Order } from '@marquee/contracts/booking'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { send } from '../../api/browser.ts'
import { useZoneLabel } from '../../seat-map/zone-label.ts'
import { Button } from '../../ui/button.tsx'
import { Money } from '../../ui/money.tsx'
import { FormError } from '../../ui/states.tsx'
import { paths } from '../../util/path-builder.ts'
import { Bill } from './bill.tsx'
import { CardForm } from './card-form.tsx'
import { HoldLine, warningSeconds } from './hold-line.tsx'
import { ShowLine } from './show-line.tsx'
import { useHoldClock } from './use-hold-clock.ts'
import { useReload } from './use-reload.ts'

type Props = { order: Order; demo: boolean; payKey: string; refused?: string }

/** A held order: look it over, pay it, before the line has burned down. */
export function Checkout({ order, demo, payKey, refused }: Props) {
  const { t } = useTranslation('booking')
  const zoneLabel = useZoneLabel()
  const navigate = useNavigate()
  const reload = useReload(order.id)
  const { left, fraction } = useHoldClock(order)
  const [failed, setFailed] = useState<string>()
  const [busy, setBusy] = useState(false)
  const over = left === 0
  useEffect(() => {
    if (!over) return
    // The line may burn down here a moment before the house takes the seats back.
    void reload()
    const timer = setInterval(reload, 1000)
    return () => clearInterval(timer)
  }, [over, reload])

  async function extend() {
    setBusy(true)
    const answer = await send('POST', `/api/orders/${order.id}/extend`)
    setFailed(answer.ok ? undefined : answer.code)
    await reload()
    setBusy(false)
  }
  async function letGo() {
    setBusy(true)
    const answer = await send('DELETE', `/api/orders/${order.id}`)
    if (answer.ok) return navigate(paths.show(order.showId))
    setBusy(false)
    setFailed(answer.code)
  }
  return (
    <>
      <HoldLine left={left} fraction={fraction} />
      <h1 className="map-title">{t('checkout.title')}</h1>
      {left <= warningSeconds && left > 0 ? (
        <div role="alert" className="hold-warning">
          <p className="font-medium">{t('hold.warning')}</p>
          {order.extended ? (
            <p className="text-quiet">{t('hold.extendedAlready')}</p>
          ) : (
            <Button busy={busy} onClick={extend}>
              {t('hold.extend')}
            </Button>
          )}
        </div>
      ) : null}
      <div className="checkout">
        <section aria-label={t('checkout.order')} className="min-w-0">
          <h2>
            <bdi>{order.show.movieTitle}</bdi>
          </h2>
          <ShowLine {...order.show} className="mt-2" />
          {order.together === false ? <p className="notice mt-4">{t('checkout.apart')}</p> : null}
          <ul className="seat-heads">
            {order.seats.map((seat) => (
              <li key={seat.seatId}>
                <span className="condensed">
                  {seat.row} {seat.number}
                </span>
                <span className="small-print block">
                  {zoneLabel(seat.zone)}, <Money value={seat.price} />
                </span>
              </li>
            ))}
          </ul>
          <Bill order={order} />
          <div className="mt-4 flex flex-wrap gap-x-6">
            <Link className="button button-quiet" to={`${paths.show(order.showId)}?change=${order.id}`}>
              {t('checkout.change')}
            </Link>
            <Button look="quiet" busy={busy} onClick={letGo}>
              {t('checkout.release')}
            </Button>
          </div>
          <FormError>
            {failed ? t(`problem.${failed}.text`, { defaultValue: t('problem.unknown.text') }) : undefined}
          </FormError>
        </section>
        <CardForm order={order} demo={demo} payKey={payKey} refused={refused} />
      </div>
    </>
  )
}
