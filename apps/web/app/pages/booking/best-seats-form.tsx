import type { ShowDetail } from '@marquee/contracts/theaters'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mostSeats, unmet } from '../../seat-map/choice.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { BestWish } from './hold.ts'
import { useSeatWords } from './use-seat-words.ts'

type Props = {
  prices: ShowDetail['prices']
  zones: string[]
  hasWheelchairSpaces: boolean
  busy?: boolean
  /** Without it the form posts itself to the server, with a field for the address. */
  onHold?: (wish: BestWish) => void
  children?: ReactNode
}

/** How many of whom; the house finds the rest. Works as a plain form too. */
export function BestSeatsForm({ prices, zones, hasWheelchairSpaces, busy, onHold, children }: Props) {
  const { t } = useTranslation('booking')
  const words = useSeatWords(prices)
  const types = typesOf(prices)
  const [mistake, setMistake] = useState<string>()
  const usual = types[0]?.ticketType
  const zoneWithPrice = (zone: string) => {
    const price = prices.find((one) => one.zone === zone && one.ticketType === usual)
    return price ? `${words.zoneLabel(zone)}, ${words.money(price.price)}` : words.zoneLabel(zone)
  }

  function submit(form: HTMLFormElement) {
    const wish = wishFrom(new FormData(form))
    const wrong = wish ? whatIsWrong(wish) : t('best.none')
    setMistake(wrong)
    if (wish && !wrong) onHold?.(wish)
  }
  function whatIsWrong({ tickets, wheelchairSpaces = 0 }: BestWish): string | undefined {
    const count = tickets.reduce((sum, ticket) => sum + ticket.count, 0)
    if (count > mostSeats) return t('map.full')
    if (wheelchairSpaces > count) return t('best.tooManySpaces')
    const [alone] = unmet(
      types,
      tickets.map(({ ticketType }) => ({ seatId: '', ticketType })),
    )
    const nameOf = (key: string) => types.find((type) => type.ticketType === key)?.name ?? key
    return alone && t('choice.requires', { name: alone.name, others: alone.requires.map(nameOf).join(', ') })
  }
  return (
    <form
      method="post"
      className="best-seats"
      onSubmit={
        onHold
          ? (event) => {
              event.preventDefault()
              submit(event.currentTarget)
            }
          : undefined
      }
    >
      <fieldset>
        <legend className="label-print mb-2">{t('best.howMany')}</legend>
        <ul>
          {types.map((type, index) => (
            <li key={type.ticketType} className="best-line">
              <span id={`best-${type.ticketType}`}>
                <bdi>{type.name}</bdi>
                <span className="small-print block">
                  {t('best.from', { price: words.money(type.price) })}
                  {type.proof ? ` · ${t('choice.proof', { proof: type.proof })}` : ''}
                </span>
              </span>
              <Counter
                name={`count:${type.ticketType}`}
                labelledBy={`best-${type.ticketType}`}
                first={index === 0 ? 2 : 0}
                most={10}
              />
            </li>
          ))}
          {hasWheelchairSpaces ? (
            <li className="best-line">
              <span id="best-wheelchair-spaces">
                {t('best.wheelchair')}
                <span className="small-print block">{t('best.wheelchairHint')}</span>
              </span>
              <Counter name="wheelchairSpaces" labelledBy="best-wheelchair-spaces" first={0} most={4} />
            </li>
          ) : null}
        </ul>
      </fieldset>
      <div className="grid content-start gap-5">
        {zones.length > 1 ? (
          <Select
            name="zone"
            label={t('best.zone')}
            options={[
              { value: '', label: t('best.anyZone') },
              ...zones.map((zone) => ({ value: zone, label: zoneWithPrice(zone) })),
            ]}
          />
        ) : null}
        {onHold ? (
          children
        ) : (
          <TextField
            name="email"
            type="email"
            autoComplete="email"
            required
            label={t('choice.email')}
            hint={t('choice.emailHint')}
          />
        )}
        {mistake ? (
          <p role="alert" className="font-medium text-bad">
            {mistake}
          </p>
        ) : null}
        <Button look="main" type="submit" busy={busy} className="justify-self-start">
          {t('best.submit')}
        </Button>
      </div>
    </form>
  )
}

/** What a posted form wishes for; nothing when every count is zero. */
export function wishFrom(form: FormData): BestWish | undefined {
  const tickets = [...form.entries()].flatMap(([name, value]) => {
    const count = Number(value)
    if (!name.startsWith('count:') || !Number.isInteger(count) || count < 1) return []
    return [{ ticketType: name.slice('count:'.length), count }]
  })
  if (tickets.length === 0) return undefined
  const zone = String(form.get('zone') ?? '')
  const wheelchairSpaces = Number(form.get('wheelchairSpaces') ?? 0)
  return { tickets, ...(zone ? { zone } : {}), ...(wheelchairSpaces > 0 ? { wheelchairSpaces } : {}) }
}

type CounterProps = { name: string; labelledBy: string; first: number; most: number }

function Counter({ name, labelledBy, first, most }: CounterProps) {
  const { t } = useTranslation('booking')
  const [count, setCount] = useState(first)
  const step = (by: number) => setCount((now) => Math.min(Math.max(now + by, 0), most))
  return (
    <span className="counter">
      <button type="button" onClick={() => step(-1)} disabled={count === 0} aria-label={t('best.fewer')}>
        −
      </button>
      <input
        type="number"
        name={name}
        min={0}
        max={most}
        value={count}
        onChange={(event) => setCount(Math.min(Math.max(event.target.valueAsNumber || 0, 0), most))}
        aria-labelledby={labelledBy}
      />
      <button type="button" onClick={() => step(1)} disabled={count === most} aria-label={t('best.more')}>
        +
      </button>
    </span>
  )
}

/** Each ticket type once, with its lowest price; those that only go with another last. */
function typesOf(prices: ShowDetail['prices']): ShowDetail['prices'] {
  const cheapest = new Map<string, ShowDetail['prices'][number]>()
  for (const price of prices) {
    if (!price.channels.includes('online')) continue
    const known = cheapest.get(price.ticketType)
    if (!known || price.price.amount < known.price.amount) cheapest.set(price.ticketType, price)
  }
  const rank = (price: ShowDetail['prices'][number]) =>
    price.ticketType === 'adult'
      ? 0
      : price.requires.length > 0
        ? 3
        : price.ticketType === 'wheelchair'
          ? 2
          : 1
  return [...cheapest.values()].sort((a, b) => rank(a) - rank(b))
}
