import { inTab } from '../../util/storage.ts'

/** Remembers that this tab tried to pay an order, and the bank's page if there is one. */
export const rememberPaying = (orderId: string, bank = '') => inTab.write(`paying:${orderId}`, bank || 'here')
export const forgetPaying = (orderId: string) => inTab.forget(`paying:${orderId}`)
export const wasPaying = (orderId: string) => inTab.read(`paying:${orderId}`) !== null

/** The bank's page of an attempt this tab began, to go back to. */
export function bankOf(orderId: string): string | undefined {
  const stored = inTab.read(`paying:${orderId}`)
  return stored && stored !== 'here' ? stored : undefined
}
