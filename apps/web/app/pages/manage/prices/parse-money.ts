/** How many decimals a currency is written with: 2 for EUR, 0 for JPY. */
export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** Minor units out of what people type: `12.50`, `12,5`, `€ 12`. Undefined when it is no amount to the cent. */
export function parseMoney(text: string, currency: string): number | undefined {
  const digits = digitsOf(currency)
  const plain = text.replaceAll(/[\s\p{Sc}]/gu, '')
  const match = /^(\d{1,8})(?:[.,](\d+))?$/.exec(plain)
  if (!match) return undefined
  const [, whole = '', decimals = ''] = match
  if (decimals.length > digits) return undefined
  return Number(whole) * 10 ** digits + Number(decimals.padEnd(digits, '0') || '0')
}

/** The other way, for the field: 1250 EUR is `12.50`, in German `12,50`. */
export function writeMoney(amount: number, currency: string, language: string): string {
  const text = (amount / 10 ** digitsOf(currency)).toFixed(digitsOf(currency))
  return language.startsWith('de') ? text.replace('.', ',') : text
}
