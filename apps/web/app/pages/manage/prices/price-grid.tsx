import { useTranslation } from 'react-i18next'
import { useZoneLabel } from '../../../seat-map/zone-label.ts'
import type { TicketType, ZonePrice } from '../manage-types.ts'
import { MoneyInput } from './money-field.tsx'

/** Amounts by zone and ticket type; `wrong` is what no amount could be read from. */
export type Grid = Record<string, number | 'wrong' | undefined>
type Props = {
  zones: string[]
  types: Pick<TicketType, 'key' | 'name'>[]
  currency: string
  grid: Grid
  onChange: (grid: Grid) => void
}

export const cellOf = (zone: string, type: string) => `${zone}\n${type}`

/** A price card as cinemas print it: zones down, tickets across. */
export function PriceGrid({ zones, types, currency, grid, onChange }: Props) {
  const { t } = useTranslation('manage')
  const zoneLabel = useZoneLabel()
  return (
    <div className="overflow-x-auto">
      <table className="price-grid">
        <caption className="sr-only">{t('prices.gridLabel', { currency })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('prices.zone')}</th>
            {types.map((type) => (
              <th key={type.key} scope="col">
                <bdi>{type.name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {zones.map((zone) => (
            <tr key={zone}>
              <th scope="row">
                <bdi>{zoneLabel(zone)}</bdi>
              </th>
              {types.map((type) => {
                const cell = cellOf(zone, type.key)
                const value = grid[cell]
                return (
                  <td key={type.key}>
                    <MoneyInput
                      label={t('prices.cell', { zone: zoneLabel(zone), type: type.name, currency })}
                      currency={currency}
                      amount={value === 'wrong' ? undefined : value}
                      onChange={(amount) => onChange({ ...grid, [cell]: amount })}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export const gridOf = (prices: readonly ZonePrice[]): Grid =>
  Object.fromEntries(prices.map((one) => [cellOf(one.zone, one.ticketType), one.price.amount]))

/** The prices of a grid; `wrong` when one of them is no amount, `none` when there is not one. */
export function pricesOf(grid: Grid, currency: string): ZonePrice[] | 'wrong' | 'none' {
  const cells = Object.entries(grid).filter(([, amount]) => amount !== undefined)
  const prices = cells.flatMap(([cell, amount]) => {
    const [zone = '', ticketType = ''] = cell.split('\n')
    return typeof amount === 'number' ? [{ zone, ticketType, price: { amount, currency } }] : []
  })
  if (prices.length < cells.length) return 'wrong'
  return prices.length === 0 ? 'none' : prices
}
