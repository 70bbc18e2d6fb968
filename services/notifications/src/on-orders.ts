import { orderMailGroup } from '@marquee/contracts/notifications'
import { on } from '@marquee/kit/events'
import type { Ids } from '@marquee/kit/service'
import { queueMail } from './mail-store.ts'

type Deps = { ids: Ids; messageIdOf: (kind: string, subject: string) => string }

/** Queues the mails that orders ask for: ids only, made when they go out. */
export const onOrders = ({ ids, messageIdOf }: Deps) =>
  on(
    orderMailGroup,
    {
      'order.confirmed.v1': ({ payload: { orderId } }, tx) =>
        queueMail(tx, {
          id: ids.uuid(),
          messageId: messageIdOf('order-confirmed', orderId),
          kind: 'order-confirmed',
          payload: { orderId },
        }),
      'order.refunded.v1': ({ id, payload: { orderId, tickets, reason } }, tx) =>
        queueMail(tx, {
          id: ids.uuid(),
          messageId: messageIdOf('order-refunded', id),
          kind: 'order-refunded',
          payload: { orderId, tickets, reason },
        }),
      'order.links-requested.v1': ({ payload }, tx) =>
        queueMail(tx, {
          id: ids.uuid(),
          messageId: messageIdOf('order-links', payload.requestId),
          kind: 'order-links',
          payload,
          to: payload.email,
        }),
    },
    { together: 50 },
  )
