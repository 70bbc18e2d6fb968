import { orderMailGroup } from '@marquee/contracts/notifications'
import { onMany } from '@marquee/kit/events'
import type { Ids } from '@marquee/kit/service'
import { joinMoves, type Move } from './join-moves.ts'
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
    async (events, tx) => {
      const moves: Move[] = []
      const mails = events.flatMap(({ id, name, payload }) => {
        switch (name) {
          case 'order.confirmed.v1':
            return mail('order-confirmed', payload.orderId, { payload: { orderId: payload.orderId } })
          case 'order.refunded.v1': {
            const { orderId, tickets, reason } = payload
            return mail('order-refunded', id, { payload: { orderId, tickets, reason } })
          }
          case 'order.show-moved.v1':
            moves.push(payload)
            return []
          case 'order.links-requested.v1':
            return mail('order-links', payload.requestId, { payload, to: payload.email })
          default:
            return name satisfies never
        }
      })
      for (const move of await joinMoves(tx, moves))
        mails.push(mail('order-show-moved', `${move.orderId}.${move.showVersion}`, { payload: move }))
      await queueMails(tx, mails)
    },
    { together: 50 },
  )
}
