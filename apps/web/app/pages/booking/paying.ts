/** Remembers that this tab tried to pay an order, and the bank's page if there is one. */
export const rememberPaying = (orderId: string, bank = '') =>
  sessionStorage.setItem(`paying:${orderId}`, bank || 'here')
export const forgetPaying = (orderId: string) => sessionStorage.removeItem(`paying:${orderId}`)
export const wasPaying = (orderId: string) => sessionStorage.getItem(`paying:${orderId}`) !== null

/** The bank's page of an attempt this tab began, to go back to. */
export function bankOf(orderId: string): string | undefined {
  const stored = sessionStorage.getItem(`paying:${orderId}`)
  return stored && stored !== 'here' ? stored : undefined
}
