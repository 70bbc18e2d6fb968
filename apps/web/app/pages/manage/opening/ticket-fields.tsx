import { useTranslation } from 'react-i18next'
import { useZoneLabel } from '../../../seat-map/zone-label.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { MoneyField } from '../prices/money-field.tsx'
import { cellOf, type Grid } from '../prices/price-grid.tsx'
import type { Ticket } from './first-tickets.ts'

type Props = {
  ticket: Ticket
  zones: string[]
  currency: string
  grid: Grid
  onChange: (ticket: Ticket) => void
  onPrice: (cell: string, amount: Grid[string]) => void
  onRemove?: () => void
  /** It was just added: its name is what is written next. */
  isAdded?: boolean
}

/** A ticket's name, what is shown at the door for it, and its price in each zone. */
export function TicketFields({ ticket, zones, currency, grid, onChange, onPrice, onRemove, isAdded }: Props) {
  const { t } = useTranslation('manage')
  const zoneLabel = useZoneLabel()
  const name = ticket.name.trim()
  return (
    <fieldset className="ticket-fields">
      <legend className="sr-only">{name || t('opening.prices.unnamed')}</legend>
      <TextField
        label={t('types.name')}
        required
        maxLength={60}
        autoFocus={isAdded}
        value={ticket.name}
        onChange={(event) => onChange({ ...ticket, name: event.target.value })}
      />
      <TextField
        label={t('types.proof')}
        maxLength={120}
        value={ticket.proof}
        onChange={(event) => onChange({ ...ticket, proof: event.target.value })}
      />
      <div className="ticket-prices">
        {zones.map((zone) => {
          const cell = cellOf(zone, ticket.id)
          const amount = grid[cell]
          return (
            <MoneyField
              key={zone}
              label={t('opening.prices.priceIn', { zone: zoneLabel(zone) })}
              currency={currency}
              amount={amount === 'wrong' ? undefined : amount}
              onChange={(next) => onPrice(cell, next)}
            />
          )
        })}
        {onRemove ? (
          <Button
            look="quiet"
            aria-label={name ? t('opening.prices.remove', { name }) : t('opening.prices.removeUnnamed')}
            onClick={onRemove}
          >
            {t('remove')}
          </Button>
        ) : null}
      </div>
    </fieldset>
  )
}
