const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/**
 * A stored text as it stands within a sentence of ours: one that runs from right to left is set apart, so that it does
 * not turn its neighbours around. What <bdi> is for markup, these two characters are for plain text (UAX #9).
 */
export const isolate = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text)
