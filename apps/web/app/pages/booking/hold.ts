import type { Order } from '@marquee/contracts/booking'
import { type Answer, send } from '../../api/browser.ts'
import { isSettled, sendOnce } from '../../api/send-once.ts'
import { paths } from '../../util/path-builder.ts'
import { openOrder, rememberOrder } from './open-order.ts'

export type SeatWish = { seatId: string; ticketType: string }
export type BestWish = {
  tickets: { ticketType: string; count: number }[]
  zone?: string
  wheelchairSpaces?: number
}
export type HoldWish = { showId: string; seats?: SeatWish[]; bestAvailable?: BestWish; email?: string }

/** Holds seats and makes this browser the order's keeper. The address of the order page, or why not. */
export async function hold(wish: HoldWish): Promise<{ ok: true; to: string } | Refusal> {
  const answer = await sendOnce<Order>(`hold:${wish.showId}`, '/api/orders', wish)
  if (!answer.ok) return refusalOf(answer)
  const { id, secret } = answer.value
  rememberOrder(id)
  const opened = secret === undefined || (await openOrder(id, secret)) === 'opened'
  return { ok: true, to: opened ? paths.order(id) : `${paths.order(id)}#${secret}` }
}

/** Swaps the seats of an order that is still held. */
export async function swap(orderId: string, seats: SeatWish[]): Promise<{ ok: true; to: string } | Refusal> {
  const answer = await send<Order>('PATCH', `/api/orders/${orderId}`, { body: { seats } })
  return answer.ok ? { ok: true, to: paths.order(orderId) } : refusalOf(answer)
}

/** Why seats were not held, with the seats it is about. */
export type Refusal = {
  ok: false
  code: string
  /** Without it nobody knows whether the seats are held. */
  isSettled: boolean
  seats: string[]
  suggestions: string[][]
  errors: { path: string; message: string }[]
}

/** One that is known before anybody is asked, or that says no more than its code. */
export const refusalWith = (code: string): Refusal => ({
  ok: false,
  code,
  isSettled: true,
  seats: [],
  suggestions: [],
  errors: [],
})

export function refusalOf(answer: Extract<Answer<unknown>, { ok: false }>): Refusal {
  const problem: typeof answer.problem & { seats?: string[]; suggestions?: string[][] } = answer.problem
  return {
    ok: false,
    code: answer.code,
    isSettled: isSettled(answer),
    seats: problem.seats ?? [],
    suggestions: problem.suggestions ?? [],
    errors: problem.errors ?? [],
  }
}
