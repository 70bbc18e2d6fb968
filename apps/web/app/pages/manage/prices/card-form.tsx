import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { CheckField } from '../../../ui/check-field.tsx'
import { FormError } from '../../../ui/states.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater, PriceCard, TicketType } from '../manage-types.ts'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'
import { gridOf, PriceGrid, pricesOf } from './price-grid.tsx'
import { weekdayName } from './use-when.ts'

type Props = {
  theater: MyTheater
  card?: PriceCard
  types: TicketType[]
  zones: string[]
  onDone: () => void
}
const week = [1, 2, 3, 4, 5, 6, 7]

/** When a card holds and what each ticket costs in each zone. */
export function CardForm({ theater, card, types, zones, onDone }: Props) {
  const { t, i18n } = useTranslation('manage')
  const announce = useAnnounce()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [name, setName] = useState(card?.name ?? '')
  const [days, setDays] = useState(card?.days ?? week)
  const [from, setFrom] = useState(card?.from ?? '')
  const [until, setUntil] = useState(card?.until ?? '')
  const [grid, setGrid] = useState(() => gridOf(card?.prices ?? []))
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const prices = pricesOf(grid, theater.currency)
    if (prices === 'wrong') return setFailure(t('prices.wrongAmount'))
    if (prices === 'none') return setFailure(t('prices.noAmount'))
    if (days.length === 0) return setFailure(t('prices.noDays'))
    setBusy(true)
    const path = apiPaths.cards(theater.id)
    const answer = await send<PriceCard>(card ? 'PATCH' : 'POST', card ? `${path}/${card.id}` : path, {
      ...(card ? { headers: { 'if-match': `"${card.version}"` } } : {}),
      body: {
        name,
        days: days.length === 7 ? null : days.toSorted((a, b) => a - b),
        from: from || null,
        until: until || null,
        prices,
      },
    })
    setBusy(false)
    if (answer.ok || answer.status === 412) await refresh()
    if (!answer.ok) return setFailure(textOf(answer.problem))
    announce(t('saved'))
    onDone()
  }
  return (
    <form onSubmit={save} className="grid gap-6">
      <div className="grid max-w-3xl items-start gap-5 sm:grid-cols-[2fr_1fr_1fr]">
        <TextField
          label={t('prices.cardName')}
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t('prices.from')}
          type="time"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <TextField
          label={t('prices.until')}
          type="time"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
          hint={t('prices.timesHint')}
        />
      </div>
      <fieldset>
        <legend className="label-print">{t('prices.days')}</legend>
        <div className="flex flex-wrap gap-x-6">
          {week.map((day) => (
            <CheckField
              key={day}
              label={weekdayName(day, i18n.language)}
              checked={days.includes(day)}
              onChange={(event) =>
                setDays(event.target.checked ? [...days, day] : days.filter((one) => one !== day))
              }
            />
          ))}
        </div>
      </fieldset>
      {zones.length === 0 ? (
        <p className="text-quiet">{t('prices.noZones')}</p>
      ) : (
        <PriceGrid zones={zones} types={types} currency={theater.currency} grid={grid} onChange={setGrid} />
      )}
      <p className="small-print">{t('prices.gridHint')}</p>
      <FormError>{failure}</FormError>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="main" busy={busy}>
          {t('save')}
        </Button>
        <Button onClick={onDone}>{t('never')}</Button>
      </div>
    </form>
  )
}
