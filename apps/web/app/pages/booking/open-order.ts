import { send } from '../../api/browser.ts'
import { isPassing } from '../../api/or-still-shown.ts'
import { onDevice } from '../../util/storage.ts'

const remembered = 'orders'
const most = 20

/** Trades an order's secret for a cookie of this browser. `unanswered` says nothing about the secret: it may be tried again. */
export async function openOrder(
  orderId: string,
  secret: string,
): Promise<'opened' | 'refused' | 'unanswered'> {
  const answer = await send('POST', `/api/orders/${orderId}/open`, { headers: { 'x-order-secret': secret } })
  if (answer.ok) return 'opened'
  return isPassing(answer.status) ? 'unanswered' : 'refused'
}

/** The orders a guest made or opened in this browser, newest first. */
export function rememberedOrders(): string[] {
  const stored = onDevice.readJson(remembered)
  return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : []
}

export function rememberOrder(orderId: string): void {
  const rest = rememberedOrders().filter((one) => one !== orderId)
  onDevice.write(remembered, JSON.stringify([orderId, ...rest].slice(0, most)))
}
