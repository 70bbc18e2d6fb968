import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../../ui/text-field.tsx'
import { signOf } from '../../../util/money.ts'
import { parseMoney, writeMoney } from './parse-money.ts'

type Amount = {
  currency: string
  amount: number | undefined
  onChange: (amount: number | undefined | 'wrong') => void
}
/** `id` for an input that has its label on the page, `label` for one in a table. */
type InputProps = Amount & { id?: string; label?: string }

/** An amount to the cent beside its currency; empty means there is no such price. */
export function MoneyInput({ id, label, currency, amount, onChange }: InputProps) {
  const { i18n } = useTranslation()
  const [text, setText] = useState(() =>
    amount === undefined ? '' : writeMoney(amount, currency, i18n.language),
  )
  const [shown, setShown] = useState(amount)
  // Written by somebody else, or taken from them: what is typed here has no such amount.
  if (shown !== amount) {
    setShown(amount)
    if (parseMoney(text, currency) !== amount)
      setText(amount === undefined ? '' : writeMoney(amount, currency, i18n.language))
  }
  const wrong = text.trim() !== '' && parseMoney(text, currency) === undefined
  const { sign, stands } = signOf(currency, i18n.language)
  return (
    <span className="money-box" data-sign={stands}>
      {/* The label names the currency to those who do not see it. */}
      <span aria-hidden="true">{sign}</span>
      <input
        id={id}
        className="input money-input"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={wrong || undefined}
        value={text}
        onBlur={() => {
          const parsed = parseMoney(text, currency)
          if (parsed !== undefined) setText(writeMoney(parsed, currency, i18n.language))
        }}
        onChange={(event) => {
          setText(event.target.value)
          const parsed = parseMoney(event.target.value, currency)
          onChange(event.target.value.trim() === '' ? undefined : (parsed ?? 'wrong'))
        }}
      />
    </span>
  )
}

/** The same with its label on the page. */
export function MoneyField({ label, ...money }: Amount & { label: ReactNode }) {
  const id = useId()
  return (
    <Field
      id={id}
      label={
        <>
          {label}
          <span className="sr-only"> {money.currency}</span>
        </>
      }
    >
      <MoneyInput id={id} {...money} />
    </Field>
  )
}
