import { orderShowMoved } from '@marquee/contracts/booking'
import type { Transaction } from '@marquee/kit/sql'
import { z } from 'zod'

/** A move as its mail is queued. */
export const QueuedMove = orderShowMoved.schema.extend({
  /** An earlier mail was handed to the mail server, and nobody knows whether it went out. */
  mayKnow: z.boolean().default(false),
})
export type QueuedMove = z.output<typeof QueuedMove>

/** Takes the mails of earlier moves out of the queue, and answers what they would have told. */
export async function takeUntoldMoves(
  tx: Transaction,
  newer: readonly { orderId: string; showVersion: number }[],
): Promise<QueuedMove[]> {
  const { rows } = await tx.query<{ move: unknown; tried: boolean }>(
    `update mails m set status = 'failed', last_error = 'told with a later move', settled_at = clock(), payload = '{}'
       from unnest($1::text[], $2::int[]) as newer(order_id, show_version)
      where m.kind = 'order-show-moved' and m.status = 'queued' and m.payload ->> 'orderId' = newer.order_id
        and (m.payload ->> 'showVersion')::int < newer.show_version
      returning old.payload as move, old.attempts > 0 as tried`,
    [newer.map(({ orderId }) => orderId), newer.map(({ showVersion }) => showVersion)],
    { name: 'notifications-take-untold-moves' },
  )
  return rows.map(({ move, tried }) => {
    const queued = QueuedMove.parse(move)
    return { ...queued, mayKnow: queued.mayKnow || tried }
  })
}
