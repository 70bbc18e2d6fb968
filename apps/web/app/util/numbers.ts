import { localeOf } from './money.ts'

/** An average as it is printed, with one digit behind the point: 4.2. */
export const oneDigit = (value: number, language: string): string =>
  value.toLocaleString(localeOf(language), { minimumFractionDigits: 1, maximumFractionDigits: 1 })
