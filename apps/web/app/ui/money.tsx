import { useTranslation } from 'react-i18next'
import type { Money as Amount } from '../api/types.ts'
import { formatMoney } from '../util/money.ts'

export function Money({ value, className }: { value: Amount; className?: string }) {
  const { i18n } = useTranslation()
  return <span className={className}>{formatMoney(value, i18n.language)}</span>
}
