import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { EmptyState } from '../../../ui/states.tsx'
import { Failure } from '../failure.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { Items, PriceCard, TicketType } from '../manage-types.ts'
import { OwnersOnly } from '../owners-only.tsx'
import { useApi } from '../use-api.ts'
import { useTheater } from '../use-theater.ts'
import { CardForm } from './card-form.tsx'
import { CardSection } from './card-section.tsx'
import { TicketTypes } from './ticket-types.tsx'
import { useZones } from './use-zones.ts'

/** What tickets there are and what they cost when. */
export default function PricesPage() {
  const { t } = useTranslation('manage')
  const theater = useTheater()
  const types = useApi<Items<TicketType>>(apiPaths.types(theater.id))
  const cards = useApi<Items<PriceCard>>(apiPaths.cards(theater.id))
  const failed = types.error ? types : cards.error ? cards : undefined
  return (
    <OwnersOnly>
      <div className="pt-6">
        <title>{`${t('shell.prices')}, ${theater.name} · Marquee`}</title>
        <h1 className="manage-title mb-8">{t('shell.prices')}</h1>
        {failed?.error ? (
          <Failure error={failed.error} onAgain={failed.refetch} />
        ) : types.data && cards.data ? (
          <>
            <Cards cards={cards.data.items} types={types.data.items} />
            <TicketTypes theater={theater} types={types.data.items} />
          </>
        ) : (
          <SkeletonRows rows={4} label={t('loading')} />
        )}
      </div>
    </OwnersOnly>
  )
}

function Cards({ cards, types }: { cards: PriceCard[]; types: TicketType[] }) {
  const { t } = useTranslation('manage')
  const theater = useTheater()
  const zones = useZones(theater, cards)
  const [adding, setAdding] = useState(false)
  const [added, setAdded] = useState(false)
  return (
    <section aria-labelledby="cards">
      <h2 id="cards">{t('prices.cards')}</h2>
      <p className="mt-2 max-w-prose text-quiet">{t('prices.cardsText')}</p>
      {cards.length === 0 && !adding ? (
        <div className="mt-6">
          <EmptyState title={t('prices.noCards')}>
            {types.length === 0 ? t('prices.typesFirst') : t('prices.noCardsText')}
          </EmptyState>
        </div>
      ) : null}
      <div className="price-cards">
        {cards.map((card) => (
          <CardSection key={card.id} theater={theater} card={card} types={types} zones={zones} />
        ))}
      </div>
      {adding ? (
        <section className="part" aria-label={t('prices.newCard')}>
          <CardForm theater={theater} types={types} zones={zones} onDone={() => setAdding(false)} />
        </section>
      ) : types.length > 0 ? (
        <Button
          className="mt-6"
          autoFocus={added}
          onClick={() => {
            setAdding(true)
            setAdded(true)
          }}
        >
          {t('prices.newCard')}
        </Button>
      ) : null}
    </section>
  )
}
