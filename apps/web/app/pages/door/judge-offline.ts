import type { Manifest, Verdict } from './door-types.ts'
import type { ReadCode } from './read-code.ts'

/** Judges a code without a network, by the list this door carries. */
export function judgeOffline(read: ReadCode, manifest: Manifest, now: string): Verdict {
  if (!read) return { result: 'invalid' }
  const { claim, proof } = read
  const { show } = manifest
  if (claim.showId !== show.id) return { result: 'wrong-show' }
  const known = manifest.tickets.find((ticket) => ticket.id === claim.ticketId)
  // Genuine but unlisted: bought after the list was loaded. The seal vouches for it.
  if (!known && proof !== 'genuine') return { result: 'invalid' }
  const ticket = {
    id: claim.ticketId,
    showId: show.id,
    movieTitle: show.movieTitle,
    localStart: show.localStart,
    screenName: show.screenName,
    seatId: claim.seatId,
    row: known?.row ?? '',
    number: known?.number ?? claim.seatId,
    ticketType: known?.ticketType ?? '',
    ticketTypeName: known?.ticketType ?? '',
    proof: null,
  }
  if (known?.status === 'refunded') return { result: 'refunded', ticket }
  if (known?.status === 'admitted')
    return {
      result: 'already-admitted',
      ticket,
      ...(known.admittedAt ? { admittedAt: known.admittedAt } : {}),
    }
  return { result: 'admitted', ticket, admittedAt: now }
}

/** The list with one more guest inside. */
export function withAdmitted(manifest: Manifest, verdict: Verdict): Manifest {
  const { ticket, result, admittedAt } = verdict
  if (result !== 'admitted' || !ticket || ticket.showId !== manifest.show.id) return manifest
  const entry = {
    id: ticket.id,
    seatId: ticket.seatId,
    row: ticket.row,
    number: ticket.number,
    ticketType: ticket.ticketType,
    status: 'admitted' as const,
    admittedAt: admittedAt ?? null,
  }
  const others = manifest.tickets.filter((one) => one.id !== ticket.id)
  return { ...manifest, tickets: [...others, entry] }
}

/** A fresh list in which those stay inside whom it cannot know of: admitted after it was made, or not yet told. */
export function mergeManifest(fresh: Manifest, kept: Manifest | undefined, waiting: boolean): Manifest {
  if (kept?.show.id !== fresh.show.id) return fresh
  const isUnknown = ({ admittedAt }: Manifest['tickets'][number]) =>
    waiting || (admittedAt !== null && Date.parse(admittedAt) > Date.parse(fresh.generatedAt))
  const inside = new Map(
    kept.tickets.filter((one) => one.status === 'admitted' && isUnknown(one)).map((one) => [one.id, one]),
  )
  const listed = new Set(fresh.tickets.map((one) => one.id))
  return {
    ...fresh,
    tickets: [
      ...fresh.tickets.map((one) => (one.status === 'valid' ? (inside.get(one.id) ?? one) : one)),
      ...[...inside.values()].filter((one) => !listed.has(one.id)),
    ],
  }
}
