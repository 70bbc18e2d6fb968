import type { ShowDetail } from '@marquee/contracts/theaters'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Chosen, isMet, offersFor, type Sum, unmet } from '../../seat-map/choice.ts'
import type { PlacedSeat } from '../../seat-map/geometry.ts'
import { Button } from '../../ui/button.tsx'
import { useSeatWords } from './use-seat-words.ts'

type Props = {
  chosen: Chosen[]
  seats: ReadonlyMap<string, PlacedSeat>
  prices: ShowDetail['prices']
  sum: Sum
  busy: boolean
  onType: (seatId: string, ticketType: string) => void
  onRemove: (seatId: string) => void
  onHold: () => void
  submitText: string
  /** Who the order is for. */
  children?: ReactNode
}

/** My seats as lines of a bill: whom each is for, what each costs, and the way on. */
export function ChoicePanel(props: Props) {
  const { chosen, prices, sum, busy, onHold, submitText, children } = props
  const { t } = useTranslation('booking')
  const words = useSeatWords(prices)
  const missing = unmet(prices, chosen)
  const money = (amount: number) => words.money({ amount, currency: sum.currency })
  if (chosen.length === 0) {
    return (
      <>
        <h2>{t('choice.title')}</h2>
        <p className="mt-3 text-quiet">{t('choice.empty')}</p>
      </>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (missing.length === 0 && !busy) onHold()
      }}
    >
      <h2>{t('choice.title')}</h2>
      <ul className="mt-4">
        {chosen.map((one) => (
          <ChosenLine key={one.seatId} one={one} {...props} />
        ))}
      </ul>
      <dl className="bill">
        {sum.fee > 0 ? (
          <div>
            <dt>{t('choice.fee', { count: chosen.length })}</dt>
            <dd>{money(sum.fee)}</dd>
          </div>
        ) : null}
        <div className="bill-total">
          <dt>{t('choice.total')}</dt>
          <dd>{money(sum.total)}</dd>
        </div>
        {sum.tax > 0 ? (
          <div className="small-print">
            <dt>{t('choice.tax')}</dt>
            <dd>{money(sum.tax)}</dd>
          </div>
        ) : null}
      </dl>
      {missing.map((offer) => (
        <p key={offer.ticketType} role="alert" className="mt-3 font-medium text-bad">
          {t('choice.requires', {
            name: offer.name,
            others: offer.requires.map((type) => nameOfType(prices, type)).join(', '),
          })}
        </p>
      ))}
      {children ? <div className="mt-5">{children}</div> : null}
      <Button look="main" type="submit" busy={busy} disabled={missing.length > 0} className="mt-5 w-full">
        {submitText}
      </Button>
    </form>
  )
}

function ChosenLine({ one, chosen, seats, prices, onType, onRemove }: Props & { one: Chosen }) {
  const { t } = useTranslation('booking')
  const words = useSeatWords(prices)
  const placed = seats.get(one.seatId)
  if (!placed) return null
  const { row, number, zone, kind } = placed.seat
  const offers = offersFor(prices, placed.seat)
  const offer = offers.find((price) => price.ticketType === one.ticketType)
  const others = chosen.filter((other) => other.seatId !== one.seatId)
  const name = t('map.seat', { row, number })
  return (
    <li className="chosen-line">
      <span className="chosen-seat condensed">
        {row} {number}
      </span>
      <span className="min-w-0">
        <select
          className="chosen-type"
          aria-label={t('choice.typeOf', { seat: name })}
          value={one.ticketType}
          onChange={(event) => onType(one.seatId, event.target.value)}
        >
          {offers.map((price) => (
            <option
              key={price.ticketType}
              value={price.ticketType}
              disabled={!isMet(price, others) && price.ticketType !== one.ticketType}
            >
              {`${price.name} · ${words.money(price.price)}`}
            </option>
          ))}
        </select>
        <span className="small-print block">
          {[
            words.zoneLabel(zone),
            kind === 'standard' ? '' : t(`kind.${kind}`),
            offer?.proof ? t('choice.proof', { proof: offer.proof }) : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <button
        type="button"
        className="chosen-remove"
        onClick={() => onRemove(one.seatId)}
        aria-label={t('choice.remove', { seat: name })}
      >
        ×
      </button>
    </li>
  )
}

const nameOfType = (prices: ShowDetail['prices'], type: string) =>
  prices.find((price) => price.ticketType === type)?.name ?? type
