import { useTranslation } from 'react-i18next'
import { useZoneLabel } from '../../../seat-map/zone-label.ts'
import { Money } from '../../../ui/money.tsx'
import type { ZonePrice } from '../manage-types.ts'

type Props = { label: string; prices: ZonePrice[]; nameOf: (type: string) => string }

/** A price card to read. */
export function PricesRead({ label, prices, nameOf }: Props) {
  const { t } = useTranslation('manage')
  const zoneLabel = useZoneLabel()
  const zones = [...new Set(prices.map((price) => price.zone))]
  const types = [...new Set(prices.map((price) => price.ticketType))]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label={label}>
      <table className="price-grid mt-3">
        <thead>
          <tr>
            <th scope="col">{t('prices.zone')}</th>
            {types.map((type) => (
              <th key={type} scope="col">
                {nameOf(type)}
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
                const found = prices.find((price) => price.zone === zone && price.ticketType === type)
                return <td key={type}>{found ? <Money value={found.price} /> : t('prices.notSold')}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
