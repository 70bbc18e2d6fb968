/** What came of a call: an answer or none; none within a fair time; or nothing that tells about who was asked. */
export type Came = boolean | 'late' | 'unknown'

/** How one instance has done lately. Times are milliseconds of the balancer's own clock. */
export type Standing = {
  address: string
  /** For what it was asked last: one process may host several. */
  service: string
  pending: number
  /** Rests in a row; each is longer than the last. */
  failures: number
  restsUntil: number
  /** Calls in a row that it left unanswered and somebody else did not. */
  lates: number
  /** Since when it was asked and has answered nobody; undefined while it owes nothing. */
  quietSince: number | undefined
  knockedAt: number
  /** Did not answer a knock either: nobody asks it before it does. */
  hangs: boolean
  /** Rested and is asked one call at a time until it answers one. */
  onTrial: boolean
  /** Told when it turns out to hang. */
  waiting: Set<() => void>
}

/** Milliseconds. */
export const firstRest = 250
const longestRest = 5000
const mostLates = 3
const quietFor = 1000

export const newStanding = (address: string, service: string): Standing => ({
  address,
  service,
  pending: 0,
  failures: 0,
  restsUntil: 0,
  lates: 0,
  quietSince: undefined,
  knockedAt: Number.NEGATIVE_INFINITY,
  hangs: false,
  onTrial: false,
  waiting: new Set(),
})

/** Whether it may be given a call like any other. */
export const isAwake = (standing: Standing, now: number): boolean =>
  !standing.hangs && standing.restsUntil <= now && !(standing.onTrial && standing.pending > 0)

/** Whether nothing is remembered that would matter if it were forgotten. */
export const isIdle = (standing: Standing, now: number): boolean =>
  standing.pending === 0 && !standing.hangs && standing.restsUntil <= now

/** Whether it is time to knock: for a second it said nothing, to a knock neither. */
export const isQuiet = ({ hangs, quietSince = Number.POSITIVE_INFINITY, knockedAt }: Standing, now: number) =>
  !hangs && now - quietSince > quietFor && now - knockedAt > quietFor

/** It answered somebody. */
export function noteAnswer(standing: Standing, now: number): void {
  standing.quietSince = standing.pending > 0 ? now : undefined
  standing.failures = 0
  standing.lates = 0
  standing.restsUntil = 0
  standing.onTrial = false
}

/** Lets it rest, longer each time; false when it rests already. Calls that were under way together fail together. */
export function rest(standing: Standing, now: number): boolean {
  if (standing.restsUntil > now) return false
  standing.failures += 1
  standing.lates = 0
  standing.onTrial = true
  standing.restsUntil = now + Math.min(longestRest, firstRest * 2 ** (standing.failures - 1))
  return true
}

/**
 * Whether a call that it left unanswered since then is one too many. Whoever answered others meanwhile is there: what
 * was asked takes long. And what nobody answers is nobody's fault.
 */
export function isTooLate(standing: Standing, since: number, elsewhereAnswered: boolean): boolean {
  if (standing.quietSince !== undefined && standing.quietSince > since) return false
  if (standing.onTrial) return true
  if (elsewhereAnswered) standing.lates += 1
  return standing.lates >= mostLates
}
