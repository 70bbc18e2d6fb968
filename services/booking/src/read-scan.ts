import { idEndOf } from '@marquee/contracts/short-code'
import type { TicketCodes } from './ticket-code.ts'

/** What a code names: one ticket by its signed code, or whatever ticket of the show has the short code typed. */
export type Named =
  | { by: 'signature'; showId: string; ticketId: string }
  | { by: 'hand'; showId: string; idEnd: string }

/** Undefined when the code is neither, or was typed without saying which show it is for. */
export async function readScan(
  codes: TicketCodes,
  { code, showId }: { code: string; showId?: string | undefined },
): Promise<Named | undefined> {
  const claim = await codes.read(code)
  if (claim) return { by: 'signature', showId: claim.showId, ticketId: claim.ticketId }
  const idEnd = showId && idEndOf(code)
  return showId && idEnd ? { by: 'hand', showId, idEnd } : undefined
}
