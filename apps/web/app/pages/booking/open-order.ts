import { send } from '../../api/browser.ts'

const remembered = 'orders'
const most = 20

/** Trades an order's secret for a cookie of this browser. */
export async function openOrder(orderId: string, secret: string): Promise<boolean> {
  const answer = await send('POST', `/api/orders/${orderId}/open`, { headers: { 'x-order-secret': secret } })
  return answer.ok
}

/** The orders a guest made or opened in this browser, newest first. */
export function rememberedOrders(): string[] {
  const stored: unknown = JSON.parse(localStorage.getItem(remembered) ?? '[]')
  return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : []
}

export function rememberOrder(orderId: string): void {
  const rest = rememberedOrders().filter((one) => one !== orderId)
  localStorage.setItem(remembered, JSON.stringify([orderId, ...rest].slice(0, most)))
}
