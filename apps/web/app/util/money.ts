import type { Money } from '../api/types.ts'

/** An amount in minor units as people write it: 1250 EUR is €12.50. */
export function formatMoney({ amount, currency }: Money, language: string): string {
  const format = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency })
  return format.format(amount / 10 ** digitsOf(currency))
}

/** An amount as machines write it: 1250 EUR is 12.50, 1250 JPY is 1250. */
export const inMajorUnits = ({ amount, currency }: Money): string =>
  (amount / 10 ** digitsOf(currency)).toFixed(digitsOf(currency))

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** How a language writes a currency beside an amount: "€" before 12.50, in German behind it. */
export function signOf(currency: string, language: string): { sign: string; stands: 'before' | 'behind' } {
  const format = new Intl.NumberFormat(localeOf(language), { style: 'currency', currency })
  const parts = format.formatToParts(1)
  const at = parts.findIndex(({ type }) => type === 'currency')
  const number = parts.findIndex(({ type }) => type === 'integer')
  return { sign: parts[at]?.value ?? currency, stands: at < number ? 'before' : 'behind' }
}

/** English dates and sums are written the European way: day before month, 24 hours. */
export const localeOf = (language: string) => (language.startsWith('de') ? 'de-DE' : 'en-GB')
