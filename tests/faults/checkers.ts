import type { Entry, Evidence } from './evidence.ts'

/** Each answers what is wrong, in sentences; nothing when all is well. None of them looks at seat claims. */
export const checkers = {
  'acknowledged orders are there': acknowledgedOrders,
  'no seat has two live tickets': seatsSoldTwice,
  'a key buys once': keysThatBoughtTwice,
  'captures have tickets or a refund': moneyWithoutReason,
  'our ledger equals the book': ledgerBesideBook,
  'everything ended': openEnds,
  'confirmed orders were mailed once': mailsAmiss,
  'locks are taken in order': deadlocks,
} as const satisfies Record<string, (evidence: Evidence) => string[]>

export type Checker = keyof typeof checkers
export type Findings = Partial<Record<Checker, string[]>>

/** Asks every checker; those with nothing to say are left out. */
export function judge(evidence: Evidence): Findings {
  return Object.fromEntries(
    Object.entries(checkers)
      .map(([name, check]) => [name, check(evidence)] as const)
      .filter(([, problems]) => problems.length > 0),
  )
}

function acknowledgedOrders({ notes, told, tickets }: Evidence): string[] {
  const rows = new Map(tickets.map((ticket) => [ticket.id, ticket]))
  return notes.flatMap(({ order, contradictions, ...one }) => {
    const problems = [...contradictions]
    if (!order) return problems
    const now = told.get(order.id)
    if (now === undefined || now === 'gone')
      return [...problems, `order ${order.id} was confirmed and is gone`]
    if (now.seats.toSorted().join() !== order.seats.toSorted().join())
      problems.push(`order ${order.id} was told other seats`)
    const shown = new Map(now.tickets.map(({ id, status }) => [id, status]))
    for (const { id, seatId } of one.tickets)
      if (!shown.has(id) || rows.get(id)?.seatId !== seatId)
        problems.push(`ticket ${id} was promised and is not there`)
    for (const id of one.refunded)
      if (shown.get(id) !== 'refunded') problems.push(`ticket ${id} was given back and is ${shown.get(id)}`)
    for (const id of one.admitted)
      if (!rows.get(id)?.admitted) problems.push(`ticket ${id} was admitted and is not`)
    return problems
  })
}

function seatsSoldTwice({ tickets, notes }: Evidence): string[] {
  const live = tickets
    .filter(({ refunded }) => !refunded)
    .map(({ showId, seatId }) => `${seatId} of ${showId}`)
  const back = new Set(tickets.flatMap(({ id, refunded }) => (refunded ? [id] : [])))
  const promised = notes.flatMap((one) =>
    one.tickets.filter(({ id }) => !back.has(id)).map(({ seatId }) => `${seatId} of ${one.showId}`),
  )
  return [
    ...twice(live).map((seat) => `${seat} has two live tickets`),
    ...twice(promised).map((seat) => `${seat} was promised to two people`),
  ]
}

function keysThatBoughtTwice({ notes, orders }: Evidence): string[] {
  return notes.flatMap(({ email, order }) => {
    const own = orders.filter((one) => one.email === email)
    if (own.length > 1) return [`${email} asked for one order and has ${own.length}`]
    return order && own[0] && own[0].id !== order.id ? [`${email} was told of another order`] : []
  })
}

function moneyWithoutReason({ orders, attempts, refunds, book, tickets }: Evidence): string[] {
  const amountOf = (kind: Entry['kind'], reference: string) =>
    book
      .filter((entry) => entry.kind === kind && entry.reference === reference)
      .reduce((sum, { amount }) => sum + amount, 0)
  return orders.flatMap(({ id, status }) => {
    const own = tickets.filter(({ orderId }) => orderId === id)
    const bought = own.reduce((sum, { worth }) => sum + worth, 0)
    const paid = attempts
      .filter(({ orderId }) => orderId === id)
      .reduce((sum, one) => sum + amountOf('capture', one.id), 0)
    const back = refunds.filter(({ orderId }) => orderId === id)
    const whole = back
      .filter(({ ticketId }) => ticketId === null)
      .reduce((sum, one) => sum + amountOf('refund', one.id), 0)
    const problems: string[] = []
    if (paid !== bought + whole)
      problems.push(
        `order ${id} (${status}): ${paid} came in for tickets worth ${bought}, ${whole} went back`,
      )
    for (const ticket of own) {
      const given = back
        .filter(({ ticketId }) => ticketId === ticket.id)
        .reduce((sum, one) => sum + amountOf('refund', one.id), 0)
      if (given !== (ticket.refunded ? ticket.price : 0))
        problems.push(`ticket ${ticket.id}: ${given} went back of ${ticket.price}`)
    }
    return problems
  })
}

function ledgerBesideBook({ book, ledger }: Evidence): string[] {
  const line = ({ kind, reference, amount }: Entry) => `${kind} ${reference} ${amount}`
  const ours = ledger.map(line)
  const theirs = book.map(line)
  return [
    ...ours.filter((one) => !theirs.includes(one)).map((one) => `only in our ledger: ${one}`),
    ...theirs.filter((one) => !ours.includes(one)).map((one) => `only in the provider's book: ${one}`),
    ...twice(theirs).map((one) => `twice in the provider's book: ${one}`),
  ]
}

function openEnds({ orders, attempts, refunds, mails }: Evidence): string[] {
  return [
    ...orders.filter(({ status }) => status === 'paying').map(({ id }) => `order ${id} still pays`),
    ...attempts
      .filter(({ status }) => status === 'started' || status === 'pending')
      .map(({ id }) => `attempt ${id} is open`),
    ...refunds.filter(({ status }) => status === 'pending').map(({ id }) => `refund ${id} is open`),
    ...mails.filter(({ status }) => status === 'queued').map(({ orderId }) => `the mail of ${orderId} waits`),
  ]
}

function mailsAmiss({ tickets, mails }: Evidence): string[] {
  return [...new Set(tickets.map(({ orderId }) => orderId))].flatMap((id) => {
    const own = mails.filter(
      ({ orderId, status }) => orderId === id && (status === 'kept' || status === 'sent'),
    )
    return own.length === 1 ? [] : [`order ${id} has tickets and ${own.length} mails`]
  })
}

function deadlocks({ deadlocks: broken }: Evidence): string[] {
  return broken.map((detail) => `PostgreSQL broke a deadlock: ${detail}`)
}

function twice(words: readonly string[]): string[] {
  const seen = new Set<string>()
  return words.filter((word) => seen.size === seen.add(word).size)
}
