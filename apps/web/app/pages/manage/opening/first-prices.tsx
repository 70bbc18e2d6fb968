import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useZoneLabel } from '../../../seat-map/zone-label.ts'
import { Button } from '../../../ui/button.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { FormError } from '../../../ui/states.tsx'
import { Failure } from '../failure.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { Items, MyTheater, TicketType } from '../manage-types.ts'
import { cellOf, type Grid, pricesOf } from '../prices/price-grid.tsx'
import { parseRate, writeRate } from '../prices/tax-rate.ts'
import { useLayouts } from '../prices/use-zones.ts'
import { useApi, useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'
import { AccessTickets } from './access-tickets.tsx'
import {
  accessTickets,
  gridFor,
  type Halls,
  hallsOf,
  retiredKeys,
  startTickets,
  suggestedPrices,
  unsoldZones,
  withKeys,
} from './first-tickets.ts'
import { saveFirstPrices } from './save-prices.ts'
import { TaxField } from './tax-field.tsx'
import { TicketList } from './ticket-list.tsx'

/** Tickets for every seat of the halls, a price for each zone, and the tax in it: enough to open with. */
export function FirstPrices({ theater }: { theater: MyTheater }) {
  const { t } = useTranslation('manage')
  const { layouts, all } = useLayouts(theater)
  const types = useApi<Items<TicketType>>(apiPaths.types(theater.id))
  if (types.error) return <Failure error={types.error} onAgain={types.refetch} />
  if (!all || !types.data) return <SkeletonRows rows={2} label={t('loading')} />
  const halls = hallsOf(layouts)
  return <Form key={halls.zones.join()} theater={theater} halls={halls} known={types.data.items} />
}

type Props = { theater: MyTheater; halls: Halls; known: TicketType[] }

function Form({ theater, halls, known }: Props) {
  const { t, i18n } = useTranslation('manage')
  const zoneLabel = useZoneLabel()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const words = {
    adult: t('opening.prices.adult'),
    reduced: t('opening.prices.reduced'),
    reducedProof: t('opening.prices.reducedProof'),
    wheelchair: t('opening.prices.wheelchair'),
    companion: t('opening.prices.companion'),
  }
  const [tickets, setTickets] = useState(() => startTickets(known, words))
  const [access, setAccess] = useState(() => (halls.spaces > 0 ? accessTickets(known, words) : []))
  const [sellsAccess, setSellsAccess] = useState(halls.spaces > 0)
  const [grid, setGrid] = useState<Grid>(() =>
    suggestedPrices([...tickets, ...access], halls, theater.currency),
  )
  const [tax, setTax] = useState(() => writeRate(theater.taxRatePermille, i18n.language))
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const setPrice = (cell: string, amount: Grid[string]) => setGrid((now) => ({ ...now, [cell]: amount }))
  const fields = { halls, currency: theater.currency, grid, onPrice: setPrice }

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const sold = withKeys([...tickets, ...(sellsAccess ? access : [])])
    const prices = pricesOf(gridFor(sold, halls, grid), theater.currency)
    if (prices === 'wrong') {
      event.currentTarget.querySelector<HTMLElement>('[aria-invalid]')?.focus()
      return setFailure(t('prices.wrongAmount'))
    }
    if (prices === 'none') return setFailure(t('prices.noAmount'))
    const unsold = unsoldZones(halls.zones, sold, prices)
    if (unsold.length > 0)
      return setFailure(t('opening.prices.unsold', { zones: unsold.map(zoneLabel).join(', ') }))
    const taxRatePermille = tax.trim() === '' ? 0 : parseRate(tax)
    if (taxRatePermille === undefined) return setFailure(t('details.wrongTax'))
    // What was saved before a refusal keeps its key when its name changes.
    setTickets(sold.slice(0, tickets.length))
    setBusy(true)
    const retired = retiredKeys(known, sold, halls)
    const card = { name: t('opening.prices.card'), prices }
    const problem = await saveFirstPrices({ theater, retired, tickets: sold, card, taxRatePermille })
    setFailure(problem ? textOf(problem) : undefined)
    await refresh()
    setBusy(false)
  }
  return (
    <form onSubmit={save} className="grid max-w-4xl gap-8">
      <TicketList
        {...fields}
        tickets={tickets}
        onChange={setTickets}
        besides={sellsAccess ? access.length : 0}
      />
      {access.length > 0 ? (
        <AccessTickets
          {...fields}
          tickets={access}
          onChange={setAccess}
          isSold={sellsAccess}
          onSell={setSellsAccess}
        />
      ) : null}
      <TaxField
        text={tax}
        onChange={setTax}
        example={{
          name: tickets[0]?.name ?? '',
          amount: grid[cellOf(halls.zones[0] ?? '', tickets[0]?.id ?? '')],
          currency: theater.currency,
        }}
      />
      <FormError>{failure}</FormError>
      <div>
        <Button type="submit" look="main" busy={busy}>
          {t('opening.toShow')}
        </Button>
      </div>
    </form>
  )
}
