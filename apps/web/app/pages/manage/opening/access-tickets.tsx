import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckField } from '../../../ui/check-field.tsx'
import { localeOf } from '../../../util/money.ts'
import type { Grid } from '../prices/price-grid.tsx'
import { type Halls, type Ticket, zonesOf } from './first-tickets.ts'
import { TicketFields } from './ticket-fields.tsx'

type Props = {
  tickets: Ticket[]
  halls: Halls
  currency: string
  grid: Grid
  onChange: (tickets: Ticket[]) => void
  onPrice: (cell: string, amount: Grid[string]) => void
  isSold: boolean
  onSell: (isSold: boolean) => void
}

/** Tickets of their own for wheelchair spaces and the companions beside them; without them those seats cost what others do. */
export function AccessTickets({ tickets, halls, isSold, onSell, onChange, ...prices }: Props) {
  const { t, i18n } = useTranslation('manage')
  const id = useId()
  const { spaces, companions } = halls
  const seats = [
    t('hall.wheelchair', { count: spaces }),
    ...(companions > 0 ? [t('hall.companion', { count: companions })] : []),
  ]
  const inOneLine = new Intl.ListFormat(localeOf(i18n.language))
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t('opening.access.title')}</h2>
      <p className="mt-2 max-w-prose text-quiet">
        {t('opening.access.text', { seats: inOneLine.format(seats) })}
      </p>
      <CheckField
        className="mt-2"
        label={t('opening.access.sell')}
        checked={isSold}
        onChange={(event) => onSell(event.target.checked)}
      />
      {isSold ? (
        <ul className="mt-2">
          {tickets.map((ticket) => (
            <li key={ticket.id}>
              <TicketFields
                {...prices}
                ticket={ticket}
                zones={zonesOf(ticket, halls)}
                onChange={(changed) => onChange(tickets.map((one) => (one === ticket ? changed : one)))}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p className="small-print">{t('opening.access.unsold')}</p>
      )}
    </section>
  )
}
