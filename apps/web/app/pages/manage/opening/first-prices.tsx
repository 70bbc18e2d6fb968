import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../../api/browser.ts'
import { Button } from '../../../ui/button.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { FormError } from '../../../ui/states.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { apiPaths } from '../manage-paths.ts'
import type { MyTheater } from '../manage-types.ts'
import { digitsOf } from '../prices/parse-money.ts'
import { cellOf, type Grid, PriceGrid, pricesOf } from '../prices/price-grid.tsx'
import { useZones } from '../prices/use-zones.ts'
import { useRefresh } from '../use-api.ts'
import { useProblemText } from '../use-problem-text.ts'

type Type = { key: string; name: string; proof: string }
const base = { adult: 11, reduced: 8 } as const

/** Two kinds of ticket with a price for each zone: enough to open with. */
export function FirstPrices({ theater }: { theater: MyTheater }) {
  const zones = useZones(theater, [])
  const { t } = useTranslation('manage')
  if (zones.length === 0) return <SkeletonRows rows={2} label={t('loading')} />
  return <Form key={zones.join()} theater={theater} zones={zones} />
}

function Form({ theater, zones }: { theater: MyTheater; zones: string[] }) {
  const { t } = useTranslation('manage')
  const refresh = useRefresh()
  const textOf = useProblemText()
  const [types, setTypes] = useState<Type[]>(() => [
    { key: 'adult', name: t('opening.prices.adult'), proof: '' },
    { key: 'reduced', name: t('opening.prices.reduced'), proof: t('opening.prices.reducedProof') },
  ])
  const [grid, setGrid] = useState<Grid>(() => suggested(zones, theater.currency))
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const rename = (key: string, change: Partial<Type>) =>
    setTypes(types.map((type) => (type.key === key ? { ...type, ...change } : type)))

  async function save(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const prices = pricesOf(grid, theater.currency)
    if (prices === 'wrong') return setFailure(t('prices.wrongAmount'))
    if (prices === 'none') return setFailure(t('prices.noAmount'))
    setBusy(true)
    for (const type of types) {
      const answer = await send('POST', apiPaths.types(theater.id), {
        body: { key: type.key, name: type.name, proof: type.proof.trim() || null },
      })
      if (!answer.ok) {
        setBusy(false)
        return setFailure(textOf(answer.problem))
      }
    }
    const answer = await send('POST', apiPaths.cards(theater.id), {
      body: { name: t('opening.prices.card'), prices },
    })
    if (answer.ok) await refresh()
    else setFailure(textOf(answer.problem))
    setBusy(false)
  }
  return (
    <form onSubmit={save} className="grid max-w-3xl gap-6">
      {types.map((type) => (
        <div key={type.key} className="grid items-start gap-5 sm:grid-cols-2">
          <TextField
            label={t('types.name')}
            required
            maxLength={60}
            value={type.name}
            onChange={(event) => rename(type.key, { name: event.target.value })}
          />
          <TextField
            label={t('types.proof')}
            maxLength={120}
            value={type.proof}
            onChange={(event) => rename(type.key, { proof: event.target.value })}
          />
        </div>
      ))}
      <PriceGrid zones={zones} types={types} currency={theater.currency} grid={grid} onChange={setGrid} />
      <FormError>{failure}</FormError>
      <div>
        <Button type="submit" look="main" busy={busy}>
          {t('opening.toShow')}
        </Button>
      </div>
    </form>
  )
}

/** Round figures to start from; a better zone costs a little more. Yen and their like need two zeros more. */
function suggested(zones: string[], currency: string): Grid {
  const unit = digitsOf(currency) === 0 ? 100 : 10 ** digitsOf(currency)
  return Object.fromEntries(
    zones.flatMap((zone, index) =>
      Object.entries(base).map(([key, price]) => [cellOf(zone, key), (price + index * 2) * unit]),
    ),
  )
}
