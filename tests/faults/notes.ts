export type Ticket = { id: string; seatId: string; code: string }

/** What one buyer was told over HTTP, noted as the answers came. The only word of honour in these tests. */
export type Notes = {
  name: string
  email: string
  showId: string
  /** A 201 came for this order. */
  order?: { id: string; secret: string; seats: string[] }
  /** Tickets that a 200 promised. */
  tickets: Ticket[]
  /** Ids of tickets that a 200 said are given back. */
  refunded: string[]
  /** Ids of tickets that the door admitted. */
  admitted: string[]
  /** Answers that contradict earlier ones. */
  contradictions: string[]
  state: 'wanting' | 'waiting for the payment' | 'done'
  /** Requests that got no answer and were repeated. */
  unanswered: number
}

export function openNotes(name: string, showId: string): Notes {
  return {
    name,
    email: `${name}@rush.example`,
    showId,
    tickets: [],
    refunded: [],
    admitted: [],
    contradictions: [],
    state: 'wanting',
    unanswered: 0,
  }
}
