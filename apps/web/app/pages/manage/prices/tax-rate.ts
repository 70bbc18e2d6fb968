import { localeOf } from '../../../util/money.ts'

/** Per mille out of a percentage as people type it: `19`, `5,5`, `7 %`. Undefined unless 0 to 50 with at most one decimal. */
export function parseRate(text: string): number | undefined {
  const match = /^(\d{1,2})(?:[.,](\d))?$/.exec(text.trim().replace(/\s*%$/, ''))
  if (!match) return undefined
  const permille = Number(match[1]) * 10 + Number(match[2] ?? 0)
  return permille <= 500 ? permille : undefined
}

/** The other way, for the field: 55 is `5.5`, in German `5,5`. */
export const writeRate = (permille: number, language: string): string => format(permille / 10, language)

/** For reading: 190 is `19%`, in German `19 %`. */
export const rateInWords = (permille: number, language: string): string =>
  format(permille / 1000, language, 'percent')

const format = (value: number, language: string, style: 'decimal' | 'percent' = 'decimal') =>
  new Intl.NumberFormat(localeOf(language), { style, maximumFractionDigits: 1 }).format(value)
