import type { Order } from '@marquee/contracts/booking'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { formatMoney } from '../../util/money.ts'
import { paths } from '../../util/path-builder.ts'
import { hold, type Refusal } from './hold.ts'
import { HoldProblem } from './hold-problem.tsx'
import { isPaidBack } from './paid-back.ts'
import { ShowLine } from './show-line.tsx'

/**
 * The hold is over: one button takes the same seats again, if nobody else has and the show goes on. Money that was
 * taken all the same is named first.
 */
export function Ended({ order }: { order: Order }) {
  const { t } = useTranslation('booking')
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const nameOf = (seatId: string) => {
    const seat = order.seats.find((one) => one.seatId === seatId)
    return seat ? `${seat.row} ${seat.number}` : seatId
  }

  async function again() {
    setBusy(true)
    const outcome = await hold({
      showId: order.showId,
      seats: order.seats.map(({ seatId, ticketType }) => ({ seatId, ticketType })),
      ...(order.email ? { email: order.email } : {}),
    })
    if (outcome.ok) return navigate(outcome.to)
    setRefusal(outcome)
    setBusy(false)
  }
  return (
    <div className="grid max-w-2xl gap-5">
      {isPaidBack(order) ? <PaidBack order={order} /> : <NothingCharged order={order} />}
      <div>
        <h2>
          <bdi>{order.show.movieTitle}</bdi>
        </h2>
        <ShowLine {...order.show} className="mt-2" />
      </div>
      <ul className="seat-heads">
        {order.seats.map((seat) => (
          <li key={seat.seatId}>
            <span className="condensed">{nameOf(seat.seatId)}</span>
          </li>
        ))}
      </ul>
      {refusal ? <HoldProblem refusal={refusal} shortName={nameOf} /> : null}
      <div className="flex flex-wrap gap-3">
        {order.show.cancelled ? (
          <ButtonLink look="main" to={paths.programme()}>
            {t('orders.toProgramme')}
          </ButtonLink>
        ) : (
          <>
            <Button look="main" onClick={again} busy={busy}>
              {t('ended.again', { count: order.seats.length })}
            </Button>
            <ButtonLink to={paths.show(order.showId)}>{t('ended.others')}</ButtonLink>
          </>
        )}
      </div>
    </div>
  )
}

function NothingCharged({ order }: { order: Order }) {
  const { t } = useTranslation('booking')
  const end = order.show.cancelled ? 'cancelled' : order.status
  return (
    <>
      <h1 className="map-title">{t(`ended.${end}.title`)}</h1>
      <p className="text-lg text-quiet">{t(`ended.${end}.text`)}</p>
    </>
  )
}

function PaidBack({ order }: { order: Order }) {
  const { t, i18n } = useTranslation('booking')
  return (
    <>
      <h1 className="map-title">{t('ended.paidBack.title')}</h1>
      <p className="text-lg text-quiet">
        {t(order.show.cancelled ? 'ended.paidBack.cancelled' : 'ended.paidBack.tooLate')}
      </p>
      {order.returned?.map(({ amount, status }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: payments of one order stay in their order
        <p key={at} className="notice">
          {t(`ended.paidBack.${status}`, { amount: formatMoney(amount, i18n.language) })}
        </p>
      ))}
    </>
  )
}
