import { orderMailGroup } from '@marquee/contracts/notifications'
import { onMany } from '@marquee/kit/events'
import type { Ids } from '@marquee/kit/service'
import { type NewMail, queueMails } from './mail-store.ts'

type Deps = { ids: Ids; messageIdOf: (kind: string, subject: string) => string }

/** Queues the mails that orders ask for: ids only, made when they go out. */
export function onOrders({ ids, messageIdOf }: Deps) {
  const mail = (kind: NewMail['kind'], subject: string, rest: Pick<NewMail, 'payload' | 'to'>): NewMail => ({
    id: ids.uuid(),
    messageId: messageIdOf(kind, subject),
    kind,
    ...rest,
  })

  return onMany(
    orderMailGroup,
    (events, tx) =>
      queueMails(
        tx,
        events.map(({ id, name, payload }) => {
          switch (name) {
            case 'order.confirmed.v1':
              return mail('order-confirmed', payload.orderId, { payload: { orderId: payload.orderId } })
            case 'order.refunded.v1': {
              const { orderId, tickets, reason } = payload
              return mail('order-refunded', id, { payload: { orderId, tickets, reason } })
            }
            case 'order.links-requested.v1':
              return mail('order-links', payload.requestId, { payload, to: payload.email })
            default:
              return name satisfies never
          }
        }),
      ),
    { together: 50 },
  )
}
