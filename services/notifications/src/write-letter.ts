import type { FindFacts, OrderFacts } from './find-facts.ts'
import { AccountPayload, type Letter, LinksPayload, type Mail, RefundPayload } from './mail.ts'
import { accountLetter } from './templates/account.ts'
import { orderConfirmedLetter } from './templates/order-confirmed.ts'
import { orderLinksLetter } from './templates/order-links.ts'
import { orderRefundedLetter } from './templates/order-refunded.ts'

type Deps = { findFacts: FindFacts; origin: string; now: () => Temporal.Instant }

/** Writes a mail's text; undefined when the order it tells of is gone. */
export function createWriteLetter({ findFacts, origin, now }: Deps) {
  return async (mail: Mail, known?: OrderFacts): Promise<Letter | undefined> => {
    switch (mail.kind) {
      case 'order-confirmed':
      case 'order-refunded': {
        const order = known ?? (await findFacts(mail))?.order
        if (!order) return undefined
        return mail.kind === 'order-confirmed'
          ? orderConfirmedLetter(order, { origin, now: now() })
          : orderRefundedLetter(order, RefundPayload.parse(mail.payload), origin)
      }
      case 'order-links':
        return orderLinksLetter(LinksPayload.parse(mail.payload), origin)
      default:
        return accountLetter(mail.kind, AccountPayload.parse(mail.payload), origin)
    }
  }
}
export type WriteLetter = ReturnType<typeof createWriteLetter>
