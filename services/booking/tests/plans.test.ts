import { randomUUIDv7 } from 'node:crypto'
import { shortCodeOf } from '@marquee/contracts/short-code'
import { sentStatements, serviceCaller } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createForgetOld } from '../src/forget-old.ts'
import { forgetLinkRequests } from '../src/link-request-store.ts'
import { handOverCounterSales } from '../src/order-store.ts'
import { forgetOldRequests } from '../src/request-store.ts'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'

const big = 'orders|tickets|order_lines|seat_claims|refunds|requests|scans'
let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: Node[]
}
// What is under way or to be done, of which there is never much.
const short = /^(orders_to_expire|orders_paying|orders_of_clerks|refunds_pending)$/

/**
 * What of the big tables is read from end to end when this is asked, on tables so small that only the want of an index
 * makes PostgreSQL do it.
 */
async function readWhole(ask: () => Promise<unknown>): Promise<{ asked: number; whole: string[] }> {
  const sent = await sentStatements(RegExp(`\\b(from|join|update) (${big})\\b`), ask)
  const whole = await office.db.transaction(async (tx) => {
    await tx.query('set local enable_seqscan = off')
    const found: string[] = []
    for (const { text, values } of sent) {
      const { rows } = await tx.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
        `explain (format json) ${text}`,
        values,
      )
      for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? [])
        for (const node of nodesOf(Plan)) if (isWhole(node)) found.push(`${JSON.stringify(node)} in ${text}`)
    }
    return found
  })
  return { asked: sent.length, whole }
}

const nodesOf = ({ Plans = [], ...node }: Node): Node[] => [node, ...Plans.flatMap(nodesOf)]

function isWhole(node: Node): boolean {
  if (node['Node Type'] === 'Seq Scan') return RegExp(`^(${big})$`).test(node['Relation Name'] ?? '')
  const index = node['Index Name']
  return index !== undefined && node['Index Cond'] === undefined && !short.test(index)
}

test('nothing that people, owners and doors ask reads all orders or tickets there ever were', async () => {
  const show = await office.putOn(['....', '....'])
  const [owner, buyer] = [randomUUIDv7(), office.person()]
  await office.hire(show, owner, 'owner')
  const [house, mine] = [office.client.as(office.person(owner)), office.client.as(buyer)]
  const { showId, theaterId, day } = show
  const order = await mine.createOrder({ showId, seats: adult('A1', 'A2') })
  const orderId = order.id
  const asks: Record<string, () => Promise<unknown>> = {
    swap: () => mine.swapSeats({ orderId, seats: adult('B1', 'B2') }),
    extend: () => mine.extendHold({ orderId }),
    pay: () => mine.payOrder({ orderId, method: 'sandbox', card: cards.pays }),
    order: () => mine.getOrder({ orderId }),
    orders: () => mine.listOrders({}),
    find: async () => {
      await office.client.as(office.guest()).findOrders({ email: 'guest@example.org' })
      await office.booking().mailOrderLinks()
    },
    seats: () => mine.getSeats({ showId }),
    left: () => office.client.as(serviceCaller('theaters')).seatsLeft({ showIds: [showId] }),
    sales: () => house.showSales({ theaterId, from: day }),
    cancellation: () => house.cancellationPreview({ showId }),
    manifest: () => house.doorManifest({ showId }),
    moves: async () => {
      await office.tell(show, { startsAt: show.counterUntil })
      await office.booking().tellMoves(new AbortController().signal)
    },
    refund: () => mine.refundOrder({ orderId }),
    typed: async () => {
      const [ticket] = (await mine.getOrder({ orderId })).tickets
      const { result } = await house.checkIn({ code: shortCodeOf(ticket?.id ?? ''), showId })
      expect(result).toBe('refunded')
    },
    sweep: () => office.booking().sweepHolds(),
    refunds: () => office.booking().carryOutRefunds(),
    silent: () => office.booking().endSilentPayments(),
    wind: () => office.booking().windDownShows(),
    forget: createForgetOld(office.db, { keepUnpaidDays: 30, keepScansDays: 90 }),
    requests: () => forgetOldRequests(office.db),
    links: () => forgetLinkRequests(office.db),
    counter: () => handOverCounterSales(office.db),
  }
  const found: string[] = []
  let statements = 0
  for (const [name, ask] of Object.entries(asks)) {
    const { asked, whole } = await readWhole(ask)
    statements += asked
    found.push(...whole.map((one) => `${name}: ${one}`))
  }
  expect(found).toEqual([])
  expect(statements).toBeGreaterThan(25)
})
