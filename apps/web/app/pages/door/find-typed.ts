import { idEndOf } from '@marquee/contracts/short-code'
import type { Manifest } from './door-types.ts'
import type { ReadCode } from './read-code.ts'

/** The ticket of this list whose short code was typed. Where two have the same, nobody can say whose it is. */
export function findTyped(typed: string, { show, tickets }: Manifest): ReadCode {
  const idEnd = idEndOf(typed)
  if (!idEnd) return undefined
  const [ticket, ...more] = tickets.filter(({ id }) => id.endsWith(idEnd))
  if (!ticket || more.length > 0) return undefined
  const claim = { ticketId: ticket.id, showId: show.id, seatId: ticket.seatId }
  return { claim, proof: 'unchecked' }
}
