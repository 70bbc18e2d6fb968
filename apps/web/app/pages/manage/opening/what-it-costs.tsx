import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../../ui/button.tsx'
import { formatMoney } from '../../../util/money.ts'
import { apiPaths, managePaths } from '../manage-paths.ts'
import type { Items, MyTheater, PriceCard, TicketType } from '../manage-types.ts'
import { PricesRead } from '../prices/prices-read.tsx'
import { rateInWords } from '../prices/tax-rate.ts'
import { useWhen } from '../prices/use-when.ts'
import { useApi } from '../use-api.ts'

/** What guests will pay and what of it is tax, to look over once more. */
export function WhatItCosts({ theater, cards }: { theater: MyTheater; cards: PriceCard[] }) {
  const { t, i18n } = useTranslation('manage')
  const when = useWhen()
  const types = useApi<Items<TicketType>>(apiPaths.types(theater.id)).data?.items ?? []
  const { taxRatePermille, bookingFee } = theater
  const terms = [
    taxRatePermille > 0
      ? t('opening.costs.tax', { rate: rateInWords(taxRatePermille, i18n.language) })
      : t('opening.costs.noTax'),
    bookingFee.amount > 0
      ? t('opening.costs.fee', { fee: formatMoney(bookingFee, i18n.language) })
      : t('opening.costs.noFee'),
  ]
  return (
    <section className="part" aria-labelledby="what-it-costs">
      <h2 id="what-it-costs">{t('opening.costs.title')}</h2>
      <p className="mt-2 max-w-prose text-quiet">{terms.join(' ')}</p>
      {cards.map((card) => (
        <div key={card.id} className="mt-6">
          <h3>
            <bdi>{card.name}</bdi>
            {cards.length > 1 ? <span className="small-print block">{when(card)}</span> : null}
          </h3>
          <PricesRead
            label={t('prices.table', { name: card.name })}
            prices={card.prices}
            nameOf={(key) => types.find((type) => type.key === key)?.name ?? key}
          />
        </div>
      ))}
      <div className="mt-4 flex flex-wrap gap-x-6">
        <ButtonLink look="quiet" to={managePaths.prices(theater.id)}>
          {t('opening.costs.changePrices')}
        </ButtonLink>
        <ButtonLink look="quiet" to={managePaths.details(theater.id)}>
          {t('opening.costs.changeTax')}
        </ButtonLink>
      </div>
    </section>
  )
}
