import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import { Button } from '../../../ui/button.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater, PriceCard, TicketType } from '../manage-types.ts'
import { TwoStep } from '../two-step.tsx'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'
import { CardForm } from './card-form.tsx'
import { PricesRead } from './prices-read.tsx'
import { useWhen } from './use-when.ts'

type Props = { theater: MyTheater; card: PriceCard; types: TicketType[]; zones: string[] }

/** One price card: when it holds, what it asks; it becomes a form in place. */
export function CardSection({ theater, card, types, zones }: Props) {
  const { t } = useTranslation('manage')
  const when = useWhen()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [changing, setChanging] = useState(false)
  const [changed, setChanged] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function remove() {
    const answer = await send('DELETE', `${apiPaths.cards(theater.id)}/${card.id}`)
    if (!answer.ok) return setFailure(textOf(answer.problem))
    await refresh()
  }
  return (
    <section className="part" aria-label={card.name}>
      {changing ? (
        <CardForm
          theater={theater}
          card={card}
          types={types}
          zones={zones}
          onDone={() => setChanging(false)}
        />
      ) : (
        <>
          <h3 className="condensed text-2xl">
            <bdi>{card.name}</bdi>
          </h3>
          <p className="text-quiet">{when(card)}</p>
          <PricesRead
            label={t('prices.table', { name: card.name })}
            prices={card.prices}
            nameOf={(key) => types.find((type) => type.key === key)?.name ?? key}
          />
          <div className="mt-2 flex flex-wrap items-center gap-6">
            <Button
              look="quiet"
              aria-label={t('prices.changeCard', { name: card.name })}
              // After the form the focus is back where it came from.
              autoFocus={changed}
              onClick={() => {
                setChanging(true)
                setChanged(true)
              }}
            >
              {t('change')}
            </Button>
            <TwoStep
              quiet
              ask={t('remove')}
              label={t('prices.removeCard', { name: card.name })}
              question={t('prices.removeCardAsk', { name: card.name })}
              confirm={t('remove')}
              failure={failure}
              onConfirm={remove}
            />
          </div>
        </>
      )}
    </section>
  )
}
