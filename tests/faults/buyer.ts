import { type Answer, type Ask, client } from '../harness/client.ts'
import { card } from '../harness/house.ts'
import type { Notes, Ticket } from './notes.ts'

/** How a buyer behaves; drawn before the rush, so that a seed repeats it. */
export type Character = {
  seats: number
  paying: 'pays' | 'declined' | 'leaves'
  afterwards: 'refund' | 'door' | 'home'
}
export type Crowd = {
  origin: string
  /** Milliseconds after which a buyer takes silence for an answer that will not come. */
  patience?: number
  usher: Ask
  /** Resolves while the server is expected to answer. */
  open: () => Promise<void>
  pause: () => Promise<void>
}
type Order = {
  id: string
  secret: string
  status: string
  seats: { seatId: string }[]
  tickets: (Ticket & { status: string })[]
}

/** One person's evening. A request without an answer is repeated with its own key until there is one. */
export async function attend(crowd: Crowd, notes: Notes, character: Character): Promise<void> {
  try {
    await wantSeats(crowd, notes, character)
    if (notes.order && character.paying !== 'leaves') await pay(crowd, notes, character)
    if (notes.tickets.length > 0 && character.afterwards === 'refund') await giveBack(crowd, notes)
    if (notes.tickets.length > 0 && character.afterwards === 'door') await goIn(crowd, notes)
  } finally {
    notes.state = 'done'
  }
}

async function wantSeats(crowd: Crowd, notes: Notes, { seats }: Character): Promise<void> {
  for (let count = seats; count > 0 && !notes.order; count--) {
    const held = await insist(
      crowd,
      notes,
      client(crowd.origin, {}, crowd.patience),
      `hold-${count}`,
      '/api/orders',
      {
        showId: notes.showId,
        bestAvailable: { tickets: [{ ticketType: 'adult', count }] },
        email: notes.email,
      },
    )
    if (held.body.code === 'invalid-input') notes.contradictions.push(`a good wish was refused: ${held.text}`)
    if (held.status !== 201) continue
    const { id, secret, seats: own } = held.body as unknown as Order
    notes.order = { id, secret, seats: own.map(({ seatId }) => seatId) }
  }
}

async function pay(crowd: Crowd, notes: Notes, { paying }: Character): Promise<void> {
  // Who is told that a payment ended without money may try once more.
  for (const attempt of ['first', 'second']) {
    const number = paying === 'declined' && attempt === 'first' ? card.declined : card.pays
    const body = { method: 'sandbox', card: number }
    const answer = await insist(
      crowd,
      notes,
      asBuyer(crowd, notes),
      `pay-${attempt}`,
      orderPath(notes, '/payment'),
      body,
    )
    if (answer.status === 404) notes.contradictions.push(`order ${notes.order?.id} is unknown to the till`)
    if (answer.status === 200) notes.tickets = (answer.body as unknown as Order).tickets
    if (answer.status === 202) notes.tickets = await untilPaid(crowd, notes)
    if (notes.tickets.length > 0) return
  }
}

async function untilPaid(crowd: Crowd, notes: Notes): Promise<Ticket[]> {
  notes.state = 'waiting for the payment'
  for (;;) {
    const answer = await look(crowd, notes)
    if (answer.status !== 200 || answer.body.status !== 'paying') {
      notes.state = 'wanting'
      const { tickets = [] } = answer.body as unknown as Partial<Order>
      return tickets
    }
    await crowd.pause()
  }
}

async function giveBack(crowd: Crowd, notes: Notes): Promise<void> {
  const tickets = notes.tickets.slice(0, 1).map(({ id }) => id)
  const answer = await insist(crowd, notes, asBuyer(crowd, notes), 'refund', orderPath(notes, '/refund'), {
    tickets,
  })
  if (answer.status === 200) notes.refunded.push(...tickets)
}

async function goIn(crowd: Crowd, notes: Notes): Promise<void> {
  for (const { id, code } of notes.tickets) {
    const scan = { code, showId: notes.showId, scanId: `scan-${notes.name}-${id}` }
    const answer = await insist(crowd, notes, crowd.usher, `scan-${id}`, '/api/check-in', scan)
    // The same scan repeats its answer, so anything else would turn a person away.
    if (answer.body.result === 'admitted') notes.admitted.push(id)
    else notes.contradictions.push(`ticket ${id} was turned away: ${answer.status} ${answer.text}`)
  }
}

/** What the order says of itself to its buyer. */
export const look = (crowd: Crowd, notes: Notes): Promise<Answer> =>
  repeat(crowd, notes, () => asBuyer(crowd, notes)('GET', orderPath(notes, '')))

const asBuyer = ({ origin, patience }: Crowd, { order }: Notes) =>
  client(origin, { 'x-order-secret': order?.secret ?? '' }, patience)
const orderPath = ({ order }: Notes, rest: string) => `/api/orders/${order?.id}${rest}`

function insist(
  crowd: Crowd,
  notes: Notes,
  ask: Ask,
  step: string,
  path: string,
  body: object,
): Promise<Answer> {
  const headers = { 'idempotency-key': `fault-test-${notes.name}-${step}` }
  return repeat(crowd, notes, () => ask('POST', path, { body, headers }))
}

async function repeat(crowd: Crowd, notes: Notes, ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    await crowd.open()
    // No answer at all: the outcome is unknown until the same request gets one.
    const answer = await ask().catch(() => undefined)
    if (answer && answer.status < 500 && answer.status !== 429 && !isBusy(answer)) return answer
    notes.unanswered += 1
    await crowd.pause()
  }
}

const isBusy = ({ body }: Answer) => body.code === 'request-in-progress'
