import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import { sendOnce } from '../../../api/send-once.ts'
import { useZoneLabel } from '../../../seat-map/zone-label.ts'
import { useAnnounce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { CheckField } from '../../../ui/check-field.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { formatMoney } from '../../../util/money.ts'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater, PriceCard, TicketType } from '../manage-types.ts'
import { type FieldInWords, NotSaved } from '../not-saved.tsx'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'
import { useSharedFields } from '../use-shared-fields.ts'
import { AddZone } from './add-zone.tsx'
import { cellOf, type Grid, gridOf, PriceGrid, pricesOf } from './price-grid.tsx'
import { weekdayName } from './use-when.ts'

type Props = {
  theater: MyTheater
  card?: PriceCard
  types: TicketType[]
  zones: string[]
  onDone: () => void
}
type Fields = { name: string; days: number[]; from: string; until: string; grid: Grid }
const week = [1, 2, 3, 4, 5, 6, 7]

/** When a card holds and what each ticket costs in each zone. */
export function CardForm({ theater, card, types, zones: known, onDone }: Props) {
  const { t, i18n } = useTranslation('manage')
  const announce = useAnnounce()
  const zoneLabel = useZoneLabel()
  const refresh = useRefresh()
  const textOf = useProblemText()
  const shared = useSharedFields<Fields>({ version: card?.version ?? 0, fields: fieldsOf(card) })
  const { fields } = shared
  const { name, days, from, until, grid } = fields
  const set = (change: Partial<Fields>) => shared.setFields({ ...fields, ...change })
  const [added, setAdded] = useState<string[]>([])
  const zones = [...new Set([...known, ...added])]
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
    const body = {
      name,
      days: days.length === 7 ? null : days.toSorted((a, b) => a - b),
      from: from || null,
      until: until || null,
      prices,
    }
    const answer = card
      ? await send<PriceCard>('PATCH', `${path}/${card.id}`, {
          headers: { 'if-match': `"${shared.version}"` },
          body,
        })
      : await sendOnce<PriceCard>(`card:${theater.id}`, path, body)
    setBusy(false)
    if (answer.ok) shared.settle(answer.value.version, fields)
    if (answer.ok || answer.status === 412) await refresh()
    if (!answer.ok) return setFailure(textOf(answer.problem))
    announce(t('saved'))
    onDone()
  }
  const inWords = (all: Fields): FieldInWords[] => [
    { label: t('prices.cardName'), text: all.name },
    { label: t('prices.from'), text: all.from },
    { label: t('prices.until'), text: all.until },
    {
      label: t('prices.days'),
      text: all.days
        .toSorted((a, b) => a - b)
        .map((day) => weekdayName(day, i18n.language))
        .join(', '),
    },
    ...zones.flatMap((zone) =>
      types.map((type) => {
        const amount = all.grid[cellOf(zone, type.key)]
        return {
          label: t('prices.cell', { zone: zoneLabel(zone), type: type.name, currency: theater.currency }),
          text:
            typeof amount === 'number'
              ? formatMoney({ amount, currency: theater.currency }, i18n.language)
              : '',
        }
      }),
    ),
  ]
  return (
    <form onSubmit={save} className="grid gap-6">
      <div className="grid max-w-3xl items-start gap-5 sm:grid-cols-[2fr_1fr_1fr]">
        <TextField
          label={t('prices.cardName')}
          required
          maxLength={60}
          value={name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField
          label={t('prices.from')}
          type="time"
          value={from}
          onChange={(event) => set({ from: event.target.value })}
        />
        <TextField
          label={t('prices.until')}
          type="time"
          value={until}
          onChange={(event) => set({ until: event.target.value })}
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
                set({ days: event.target.checked ? [...days, day] : days.filter((one) => one !== day) })
              }
            />
          ))}
        </div>
      </fieldset>
      {zones.length === 0 ? (
        <p className="text-quiet">{t('prices.noZones')}</p>
      ) : (
        <PriceGrid
          key={shared.taken}
          zones={zones}
          types={types}
          currency={theater.currency}
          grid={grid}
          onChange={(next) => set({ grid: next })}
        />
      )}
      <p className="small-print">{t('prices.gridHint')}</p>
      <details className="add-zone">
        <summary>{t('prices.addZone')}</summary>
        <AddZone known={zones} onAdd={(zone) => setAdded([...added, zone])} />
      </details>
      <NotSaved shared={shared} inWords={inWords} failure={failure} onTake={() => setFailure(undefined)} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="main" busy={busy}>
          {t('save')}
        </Button>
        <Button onClick={onDone}>{t('never')}</Button>
      </div>
    </form>
  )
}

const fieldsOf = (card: PriceCard | undefined): Fields => ({
  name: card?.name ?? '',
  days: card?.days ?? week,
  from: card?.from ?? '',
  until: card?.until ?? '',
  grid: gridOf(card?.prices ?? []),
})
