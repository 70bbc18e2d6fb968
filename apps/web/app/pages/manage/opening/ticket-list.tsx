import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import type { Grid } from '../prices/price-grid.tsx'
import { anotherTicket, type Halls, mostTickets, type Ticket, zonesOf } from './first-tickets.ts'
import { TicketFields } from './ticket-fields.tsx'

type Props = {
  tickets: Ticket[]
  halls: Halls
  currency: string
  grid: Grid
  onChange: (tickets: Ticket[]) => void
  onPrice: (cell: string, amount: Grid[string]) => void
  /** How many of the most there can be are sold besides these. */
  besides: number
}

/** The tickets one can buy here, one under the other; more can be added, and all but one taken away. */
export function TicketList({ tickets, halls, currency, grid, onChange, onPrice, besides }: Props) {
  const { t } = useTranslation('manage')
  const announce = useAnnounce()
  const list = useRef<HTMLUListElement>(null)
  const count = useRef(0)
  const [added, setAdded] = useState<string>()
  const most = mostTickets(halls.zones.length)

  function add() {
    count.current += 1
    const another = anotherTicket(count.current)
    setAdded(another.id)
    onChange([...tickets, another])
  }
  function remove(ticket: Ticket) {
    const at = tickets.indexOf(ticket)
    const rows = list.current?.children
    // The keyboard goes on at the neighbour, where nothing is lost by pressing once more.
    const neighbour = rows?.[at + 1] ?? rows?.[at - 1]
    neighbour?.querySelector('input')?.focus()
    onChange(tickets.filter((one) => one !== ticket))
    announce(t('opening.prices.removed', { name: ticket.name.trim() || t('opening.prices.unnamed') }))
  }
  return (
    <div>
      <ul ref={list}>
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <TicketFields
              ticket={ticket}
              zones={zonesOf(ticket, halls)}
              currency={currency}
              grid={grid}
              isAdded={ticket.id === added}
              onChange={(changed) => onChange(tickets.map((one) => (one === ticket ? changed : one)))}
              onPrice={onPrice}
              onRemove={tickets.length > 1 ? () => remove(ticket) : undefined}
            />
          </li>
        ))}
      </ul>
      {tickets.length + besides < most ? (
        <Button className="mt-5" onClick={add}>
          {t('types.add')}
        </Button>
      ) : (
        <p className="small-print mt-5">{t('opening.prices.most', { most })}</p>
      )}
    </div>
  )
}
