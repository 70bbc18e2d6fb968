import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseMoney, writeMoney } from './parse-money.ts'

type Props = {
  label: string
  currency: string
  amount: number | undefined
  onChange: (amount: number | undefined | 'wrong') => void
}

/** An amount to the cent; empty means there is no such price. */
export function MoneyInput({ label, currency, amount, onChange }: Props) {
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
  return (
    <input
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
  )
}
