import type { bookingContract, orderForMail } from '@marquee/contracts/booking'
import type { identityContract } from '@marquee/contracts/identity'
import { type Client, ProblemError } from '@marquee/kit/contract'
import type { z } from 'zod'
import type { Mail } from './mail.ts'

export type OrderFacts = z.infer<(typeof orderForMail.responses)[200]>
/** Who gets an order's mail and what stands in it. `to` is empty when there is nobody to write to. */
export type Facts = { order: OrderFacts; to: string }

type Deps = {
  booking: Client<typeof bookingContract.endpoints>
  identity: Client<typeof identityContract.endpoints>
}

/** Asks booking for a mail's order, and identity for the address when the order has none; undefined when it is gone. */
export function createFindFacts({ booking, identity }: Deps) {
  return async ({ subjectId }: Pick<Mail, 'subjectId'>): Promise<Facts | undefined> => {
    const found = await booking.asService().attempt.orderForMail({ orderId: subjectId })
    if (!found.ok) {
      if (found.code === 'not-found') return undefined
      throw new ProblemError(found)
    }
    const order = found.value
    return { order, to: order.email ?? (await addressOf(order.userId)) }
  }

  async function addressOf(userId: string | null): Promise<string> {
    if (userId === null) return ''
    const { items } = await identity.asService().findUsers({ ids: [userId] })
    return items[0]?.email ?? ''
  }
}
export type FindFacts = ReturnType<typeof createFindFacts>
