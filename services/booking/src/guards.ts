import type { Caller, Facts } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { OrderSecrets } from './order-secret.ts'
import { roleAt } from './people-store.ts'
import { findShow } from './sales-view.ts'
import { keepShowOf } from './with-order.ts'

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

type FactsRow = {
  id: string
  holderId: string | null
  soldBy: string | null
  showId: string
  theaterId: string
}

const where = {
  order: 'o.id = $1',
  ticket: 'o.id = (select order_id from tickets where id = $1)',
}

/** What booking knows of a caller's relation to an order, ticket, show or theater. The kit decides. */
export function createGuards({ db, secrets }: { db: Database; secrets: OrderSecrets }): Guards {
  return {
    byOrder: ({ orderId, secret }, { caller }) => orderFacts('order', orderId, { caller, secret }),
    byTicket: ({ ticketId, secret }, { caller }) => orderFacts('ticket', ticketId, { caller, secret }),
    async byShow({ showId }, { caller }) {
      const show = await findShow(db, showId)
      return show && theaterFacts(show.theaterId, caller)
    },
    byTheater: ({ theaterId }, { caller }) => theaterFacts(theaterId, caller),
  }

  async function orderFacts(
    named: keyof typeof where,
    id: string,
    { caller, secret }: { caller: Caller; secret: string | undefined },
  ): Promise<Facts | undefined> {
    const { rows } = await db.query<FactsRow>(
      `select o.id, o.user_id as "holderId", o.sold_by as "soldBy", s.id as "showId", s.theater_id as "theaterId"
         from orders o join shows s on s.id = o.show_id where ${where[named]}`,
      [id],
      { name: `booking-facts-by-${named}` },
    )
    const [row] = rows
    if (!row) return undefined
    keepShowOf(row.id, row.showId)
    const given = caller.secret ?? secret
    const secretOk = await secrets.matches(row.id, given)
    const isHolder = caller.userId !== undefined && caller.userId === row.holderId
    const { role } = isHolder || secretOk ? { role: null } : await theaterFacts(row.theaterId, caller)
    // Who sold it at the counter ends what they began, for as long as they work there.
    const holderId = role && caller.userId === row.soldBy ? row.soldBy : row.holderId
    return { holderId, secretOk, role: role ?? null }
  }

  async function theaterFacts(theaterId: string, caller: Caller): Promise<Facts> {
    return { role: caller.userId === undefined ? null : await roleAt(db, theaterId, caller.userId) }
  }
}
