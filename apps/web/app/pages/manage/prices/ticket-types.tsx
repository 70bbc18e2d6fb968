import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import type { Problem } from '../../../api/types.ts'
import { Button } from '../../../ui/button.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater, TicketType } from '../manage-types.ts'
import { TwoStep } from '../two-step.tsx'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'
import { TypeForm } from './type-form.tsx'

/** The tickets one can buy here, each of which a price card gives a price. */
export function TicketTypes({ theater, types }: { theater: MyTheater; types: TicketType[] }) {
  const { t } = useTranslation('manage')
  const [open, setOpen] = useState<string>()
  // After a form the focus is back where it came from.
  const [last, setLast] = useState<string>()
  const show = (key: string) => {
    setOpen(key)
    setLast(key)
  }
  return (
    <section className="part" aria-labelledby="types">
      <h2 id="types">{t('types.title')}</h2>
      <p className="mt-2 mb-4 max-w-prose text-quiet">{t('types.text')}</p>
      <ul className="border-line border-t">
        {types.map((type) => (
          <li key={type.key} className="border-line border-b py-3">
            {open === type.key ? (
              <TypeForm theater={theater} types={types} type={type} onDone={() => setOpen(undefined)} />
            ) : (
              <Line
                theater={theater}
                types={types}
                type={type}
                isLast={last === type.key}
                onChange={() => show(type.key)}
              />
            )}
          </li>
        ))}
        {open === '' ? (
          <li className="border-line border-b py-5">
            <TypeForm theater={theater} types={types} onDone={() => setOpen(undefined)} />
          </li>
        ) : null}
      </ul>
      {open === '' ? null : (
        <Button className="mt-5" autoFocus={last === ''} onClick={() => show('')}>
          {t('types.add')}
        </Button>
      )}
    </section>
  )
}

type LineProps = {
  theater: MyTheater
  types: TicketType[]
  type: TicketType
  /** Its form was the last one open. */
  isLast: boolean
  onChange: () => void
}

function Line({ theater, types, type, isLast, onChange }: LineProps) {
  const { t } = useTranslation('manage')
  const textOf = useProblemText()
  const refresh = useRefresh()
  const [failure, setFailure] = useState<string>()
  async function remove() {
    const answer = await send('DELETE', `${apiPaths.types(theater.id)}/${type.key}`)
    if (!answer.ok) return setFailure(explain(answer.problem))
    await refresh()
  }
  const explain = (problem: Problem & { priceCards?: string[] }) =>
    problem.code === 'still-priced'
      ? t('types.stillPriced', { cards: problem.priceCards?.join(', ') })
      : textOf(problem)
  const nameOf = (key: string) => types.find((one) => one.key === key)?.name ?? key
  const facts = [
    type.proof ? t('types.proofIs', { proof: type.proof }) : '',
    type.requires.length > 0 ? t('types.onlyWith', { types: type.requires.map(nameOf).join(', ') }) : '',
    type.channels.length === 1 ? t(`types.only.${type.channels[0]}`) : '',
  ].filter(Boolean)
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8">
      <div className="min-w-48">
        <p className="font-semibold">
          <bdi>{type.name}</bdi>
        </p>
        {facts.length > 0 ? <p className="small-print">{facts.join(', ')}</p> : null}
      </div>
      <div className="flex flex-wrap items-center gap-6">
        <Button
          look="quiet"
          aria-label={t('types.change', { name: type.name })}
          autoFocus={isLast}
          onClick={onChange}
        >
          {t('change')}
        </Button>
        <TwoStep
          quiet
          ask={t('types.retire')}
          label={t('types.retireOne', { name: type.name })}
          question={t('types.retireAsk', { name: type.name })}
          confirm={t('types.retire')}
          failure={failure}
          onConfirm={remove}
        />
      </div>
    </div>
  )
}
