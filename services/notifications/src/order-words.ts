import type { OrderFacts } from './find-facts.ts'
import type { Mail } from './mail.ts'
import type { NewNotice } from './notice-store.ts'
import { oneLine, showTime } from './templates/words.ts'

export function orderSubject({ kind }: Pick<Mail, 'kind'>, { show }: OrderFacts): string {
  return oneLine(
    kind === 'order-refunded' ? `Your refund for ${show.movieTitle}` : `Your tickets for ${show.movieTitle}`,
  )
}

/** What the site tells of an order's mail. */
export function orderNotice(mail: Pick<Mail, 'id' | 'kind'>, order: OrderFacts, userId: string): NewNotice {
  return {
    id: mail.id,
    userId,
    kind: mail.kind,
    title: orderSubject(mail, order),
    body: `${showTime(order.show)}, ${order.show.theaterName}`,
    link: `/orders/${order.id}`,
  }
}
