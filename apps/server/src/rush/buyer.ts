import { z } from 'zod'
import type { Ask } from './ask.ts'

const Held = z.object({ id: z.string(), secret: z.string() })
const Paid = z.object({ tickets: z.array(z.object({ id: z.string(), seatId: z.string() })) })

/** What became of one buyer, by their own HTTP answers. */
export type Bought =
  | { result: 'bought'; seats: string[]; orderId: string }
  | { result: 'too-late' | 'gave-up' | 'refused'; why: string }

export type BuyerDeps = {
  ask: Ask
  showId: string
  ticketType: string
  random: () => number
  pause: (milliseconds: number) => Promise<void>
}

const patience = 40

/** One person who wants one to four seats together, takes what is best and pays at once. */
export async function buy(
  { ask, showId, ticketType, random, pause }: BuyerDeps,
  name: string,
): Promise<Bought> {
  const count = 1 + Math.floor(random() * 4)
  for (let attempt = 0; attempt < patience; attempt++) {
    const held = await ask('POST', '/api/orders', {
      body: {
        showId,
        bestAvailable: { tickets: [{ ticketType, count: Math.max(1, count - Math.floor(attempt / 4)) }] },
        email: `${name}@rush.example`,
      },
      headers: { 'idempotency-key': `rush-hold-${name}-${attempt}-${Math.floor(random() * 1e9)}` },
    })
    if (held.status === 201) return pay({ ask, pause }, Held.parse(held.body), name)
    const code = String(held.body.code)
    if (code === 'not-enough-seats' && count - Math.floor(attempt / 4) <= 1)
      return { result: 'too-late', why: code }
    if (code === 'sales-closed') return { result: 'too-late', why: code }
    if (held.status >= 500 || held.status === 422) return { result: 'refused', why: `${held.status} ${code}` }
    if (held.status === 429) await pause(100 + random() * 200)
  }
  return { result: 'gave-up', why: 'others were faster' }
}

async function pay(
  { ask, pause }: Pick<BuyerDeps, 'ask' | 'pause'>,
  order: z.infer<typeof Held>,
  name: string,
): Promise<Bought> {
  for (let attempt = 0; attempt < patience; attempt++) {
    const paid = await ask('POST', `/api/orders/${order.id}/payment`, {
      body: { method: 'sandbox', card: '4242424242424242' },
      headers: { 'x-order-secret': order.secret, 'idempotency-key': `rush-pay-${order.id}` },
    })
    if (paid.status === 200) {
      const { tickets } = Paid.parse(paid.body)
      return { result: 'bought', orderId: order.id, seats: tickets.map((ticket) => ticket.seatId) }
    }
    if (
      paid.status !== 202 &&
      paid.status !== 429 &&
      paid.body.code !== 'request-in-progress' &&
      paid.body.code !== 'payment-in-progress'
    )
      return { result: 'refused', why: `${name}: ${paid.status} ${String(paid.body.code)}` }
    await pause(200)
  }
  return { result: 'gave-up', why: 'the payment did not end' }
}
