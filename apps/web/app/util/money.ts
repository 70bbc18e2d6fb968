import type { Money } from '../api/types.ts'

/** An amount in minor units as people write it: 1250 EUR is €12.50. */
export function formatMoney({ amount, currency }: Money, language: string): string {
  const format = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}

/** English dates and sums are written the European way: day before month, 24 hours. */
export const localeOf = (language: string) => (language.startsWith('de') ? 'de-DE' : 'en-GB')
