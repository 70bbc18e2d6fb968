// ICU goes on listing money that is gone, and units that nobody pays with.
const ofNoTillToday = new Set(['ANG', 'BGN', 'CUC', 'HRK', 'SLL', 'XDR', 'XSU', 'ZWL'])

/** Currencies a house can take: ISO 4217 codes, in order. */
export const currenciesOfToday = (): string[] =>
  Intl.supportedValuesOf('currency').filter((code) => !ofNoTillToday.has(code))
