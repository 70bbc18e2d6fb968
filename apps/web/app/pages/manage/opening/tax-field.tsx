import { useTranslation } from 'react-i18next'
import { sumOf } from '../../../seat-map/choice.ts'
import { TextField } from '../../../ui/text-field.tsx'
import { formatMoney } from '../../../util/money.ts'
import type { Grid } from '../prices/price-grid.tsx'
import { parseRate } from '../prices/tax-rate.ts'

type Props = {
  text: string
  onChange: (text: string) => void
  /** A ticket that shows what the rate comes to. */
  example: { name: string; amount: Grid[string]; currency: string }
}

/** How much of each price is tax, in per cent; prices contain it, so it changes what is owed and nothing that guests pay. */
export function TaxField({ text, onChange, example: { name, amount, currency } }: Props) {
  const { t, i18n } = useTranslation('manage')
  const rate = parseRate(text)
  const wrong = text.trim() !== '' && rate === undefined
  const money = (value: number) => formatMoney({ amount: value, currency }, i18n.language)
  const terms = { bookingFee: { amount: 0, currency }, taxRatePermille: rate ?? 0 }
  return (
    <div className="grid max-w-md gap-2">
      <TextField
        label={t('details.tax')}
        hint={t('opening.prices.taxHint')}
        error={wrong ? t('details.wrongTax') : undefined}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
      {rate && amount && amount !== 'wrong' ? (
        <p className="small-print">
          {t('opening.prices.taxIn', {
            name,
            price: money(amount),
            tax: money(sumOf([amount], terms).tax),
          })}
        </p>
      ) : null}
    </div>
  )
}
