import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withBooks } from '../harness/books.ts'
import type { Marquee } from '../harness/marquee.ts'
import { type Crowd, look } from './buyer.ts'
import type { Notes } from './notes.ts'

export type Row = {
  id: string
  orderId: string
  showId: string
  seatId: string
  worth: number
  price: number
  refunded: boolean
  admitted: boolean
}
export type Entry = { kind: 'capture' | 'refund'; reference: string; amount: number }
export type Told = { status: string; seats: string[]; tickets: { id: string; status: string }[] }

/** All that a checker may look at; one show's. */
export type Evidence = {
  notes: readonly Notes[]
  /** What each buyer's order says of itself now, over HTTP; `gone` when it is not found. */
  told: ReadonlyMap<string, Told | 'gone'>
  /** Orders by the buyers' addresses. */
  orders: { id: string; email: string; status: string }[]
  tickets: Row[]
  /** The provider's own book. */
  book: Entry[]
  /** Our ledger's postings at the provider. */
  ledger: Entry[]
  attempts: { id: string; orderId: string; status: string }[]
  refunds: { id: string; orderId: string; ticketId: string | null; status: string }[]
  mails: { orderId: string; status: string }[]
  /** Deadlocks that PostgreSQL's log tells of: who waited for whom, with which statements. */
  deadlocks: string[]
}

export async function gather(
  marquee: Pick<Marquee, 'data'>,
  crowd: Crowd,
  notes: readonly Notes[],
): Promise<Evidence> {
  const told = new Map<string, Told | 'gone'>()
  await Promise.all(notes.map(async (one) => one.order && told.set(one.order.id, await ask(crowd, one))))
  const theirs = await readBook(marquee)
  return withBooks(marquee, async (db) => {
    const emails = notes.map(({ email }) => email)
    const rows = async <T extends object>(text: string, values: unknown[]) =>
      (await db.query<T>(text, values)).rows
    const orders = await rows<Evidence['orders'][number]>(
      'select id, email, status from booking.orders where email = any($1)',
      [emails],
    )
    const ids = orders.map(({ id }) => id)
    const attempts = await rows<Evidence['attempts'][number]>(
      'select id, order_id as "orderId", status from payments.attempts where order_id = any($1::uuid[])',
      [ids],
    )
    const refunds = await rows<Evidence['refunds'][number]>(
      `select id, order_id as "orderId", ticket_id as "ticketId", status from payments.refunds where order_id = any($1::uuid[])
       union select id, order_id, ticket_id, status from booking.refunds where order_id = any($1::uuid[]) and status <> 'done'`,
      [ids],
    )
    const references = [...attempts, ...refunds].map(({ id }) => id)
    return {
      notes,
      told,
      orders,
      attempts,
      refunds,
      tickets: await rows<Row>(
        `select id, order_id as "orderId", show_id as "showId", seat_id as "seatId", price + fee as worth, price,
           refunded_at is not null as refunded, admitted_at is not null as admitted
         from booking.tickets where order_id = any($1::uuid[])`,
        [ids],
      ),
      book: theirs.filter(({ reference }) => references.includes(reference)),
      ledger: await rows<Entry>(
        `select case kind when 'capture' then 'capture' else 'refund' end as kind, reference, abs(amount)::int as amount
         from payments.postings where account = 'provider:sandbox' and reference = any($1::uuid[])`,
        [references],
      ),
      mails: await rows<Evidence['mails'][number]>(
        `select substring(message_id from '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}') as "orderId", status
         from notifications.mails where kind = 'order-confirmed'`,
        [],
      ).then((mails) => mails.filter(({ orderId }) => ids.includes(orderId))),
      deadlocks: deadlocksIn(readFileSync(join(marquee.data, 'postgres.log'), 'utf8')),
    }
  })
}

/** Up to the hint that follows each. */
const deadlocksIn = (log: string) =>
  log
    .split('deadlock detected')
    .slice(1)
    .map((rest) => rest.slice(0, rest.search(/\bHINT:|$/)).trim())

async function ask(crowd: Crowd, notes: Notes): Promise<Told | 'gone'> {
  const { status, body } = await look(crowd, notes)
  if (status !== 200) return 'gone'
  const order = body as unknown as { status: string; seats: { seatId: string }[]; tickets: Told['tickets'] }
  return { ...order, seats: order.seats.map(({ seatId }) => seatId) }
}

async function readBook({ data }: Pick<Marquee, 'data'>): Promise<Entry[]> {
  const { url, secret } = JSON.parse(readFileSync(join(data, 'sandbox.json'), 'utf8')) as {
    url: string
    secret: string
  }
  const entries: Entry[] = []
  for (;;) {
    const response = await fetch(`${url}/v1/book?limit=5000&after=${entries.length}`, {
      headers: { authorization: `Bearer ${secret}` },
    })
    const page = (await response.json()) as { data: Entry[]; has_more: boolean }
    entries.push(...page.data)
    if (!page.has_more) return entries
  }
}
