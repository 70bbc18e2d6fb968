import type { Caller, Facts } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { OrderSecrets } from './order-secret.ts'
import { roleAt } from './people-store.ts'
import { findShow } from './sales-view.ts'

type Asked = { caller: Caller }

export type Guards = {
  byOrder: (
    input: { orderId: string; secret?: string | undefined },
    request: Asked,
  ) => Promise<Facts | undefined>
  byTicket: (
    input: { ticketId: string; secret?: string | undefined },
    request: Asked,
  ) => Promise<Facts | undefined>
  byShow: (input: { showId: string }, request: Asked) => Promise<Facts | undefined>
  byTheater: (input: { theaterId: string }, request: Asked) => Promise<Facts>
}

/** What booking knows of a caller's relation to an order, ticket, show or theater. The kit decides. */
export function createGuards({ db, secrets }: { db: Database; secrets: OrderSecrets }): Guards {
  return {
    byOrder: ({ orderId, secret }, { caller }) => orderFacts('o.id = $1', orderId, { caller, secret }),
    byTicket: ({ ticketId, secret }, { caller }) =>
      orderFacts('o.id = (select order_id from tickets where id = $1)', ticketId, { caller, secret }),
    async byShow({ showId }, { caller }) {
      const show = await findShow(db, showId)
      return show && theaterFacts(show.theaterId, caller)
    },
    byTheater: ({ theaterId }, { caller }) => theaterFacts(theaterId, caller),
  }

  async function orderFacts(
    where: string,
    id: string,
    { caller, secret }: { caller: Caller; secret: string | undefined },
  ): Promise<Facts | undefined> {
    const { rows } = await db.query<{ id: string; holderId: string | null; theaterId: string }>(
      `select o.id, o.user_id as "holderId", s.theater_id as "theaterId"
         from orders o join shows s on s.id = o.show_id where ${where}`,
      [id],
    )
    const [row] = rows
    if (!row) return undefined
    const given = caller.secret ?? secret
    const secretOk = secrets.matches(row.id, given)
    const isHolder = caller.userId !== undefined && caller.userId === row.holderId
    const { role } = isHolder || secretOk ? { role: null } : await theaterFacts(row.theaterId, caller)
    return { holderId: row.holderId, secretOk, role: role ?? null }
  }

  async function theaterFacts(theaterId: string, caller: Caller): Promise<Facts> {
    return { role: caller.userId === undefined ? null : await roleAt(db, theaterId, caller.userId) }
  }
}
