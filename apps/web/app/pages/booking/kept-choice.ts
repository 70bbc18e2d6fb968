import type { Chosen } from '../../seat-map/choice.ts'
import { inTab } from '../../util/storage.ts'

const nameOf = (showId: string) => `choice:${showId}`

/** Remembers chosen seats for whoever leaves to log in and comes back. */
export const keepChoice = (showId: string, chosen: readonly Chosen[]): void =>
  inTab.write(nameOf(showId), JSON.stringify(chosen))

/** What was kept for this show; it is given out once. */
export function takeKeptChoice(showId: string): Chosen[] {
  const kept = inTab.readJson(nameOf(showId))
  inTab.forget(nameOf(showId))
  return Array.isArray(kept) ? kept.filter(isChosen) : []
}

const isChosen = (one: unknown): one is Chosen =>
  typeof one === 'object' &&
  one !== null &&
  'seatId' in one &&
  typeof one.seatId === 'string' &&
  'ticketType' in one &&
  typeof one.ticketType === 'string'
