import type { orderShowMoved } from '@marquee/contracts/booking'
import type { Transaction } from '@marquee/kit/sql'
import type { z } from 'zod'

export type Move = z.output<typeof orderShowMoved.schema>

/** Takes the mails of earlier moves out of the queue, and answers what they would have told. */
export async function takeUntoldMoves(tx: Transaction, newer: readonly Move[]): Promise<Move[]> {
  const { rows } = await tx.query<{ move: Move }>(
    `update mails m set status = 'failed', last_error = 'told with a later move', settled_at = clock(), payload = '{}'
       from unnest($1::text[], $2::int[]) as newer(order_id, show_version)
      where m.kind = 'order-show-moved' and m.status = 'queued' and m.payload ->> 'orderId' = newer.order_id
        and (m.payload ->> 'showVersion')::int < newer.show_version
      returning old.payload as move`,
    [newer.map(({ orderId }) => orderId), newer.map(({ showVersion }) => showVersion)],
    { name: 'notifications-take-untold-moves' },
  )
  return rows.map(({ move }) => move)
}
