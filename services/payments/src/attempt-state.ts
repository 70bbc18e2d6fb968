export type AttemptStatus = 'started' | 'pending' | 'captured' | 'failed' | 'returned'
export type FindingStatus = 'captured' | 'failed' | 'pending'

type Moves = Readonly<Record<FindingStatus, AttemptStatus>>

const whileLive: Moves = { captured: 'captured', failed: 'failed', pending: 'pending' }

/** Every move an attempt can make, by what was found out about it. */
const transitions: Readonly<Record<AttemptStatus, Moves>> = {
  started: whileLive,
  pending: whileLive,
  captured: { captured: 'captured', failed: 'captured', pending: 'captured' },
  // We said that it failed and somebody else may sit in the seats: the money goes back.
  failed: { captured: 'returned', failed: 'failed', pending: 'failed' },
  returned: { captured: 'returned', failed: 'returned', pending: 'returned' },
}

/** What an attempt becomes by a finding. In any order, any number of times, the end is the same. */
export function becomes(status: AttemptStatus, found: FindingStatus): AttemptStatus {
  return transitions[status][found]
}

export function isLive(status: AttemptStatus): boolean {
  return status === 'started' || status === 'pending'
}

/** What others are told: once failed, an attempt has failed for good, whatever the provider does later. */
export function publicStatus(status: AttemptStatus): FindingStatus {
  switch (status) {
    case 'started':
    case 'pending':
      return 'pending'
    case 'captured':
      return 'captured'
    case 'failed':
    case 'returned':
      return 'failed'
    default:
      return status satisfies never
  }
}
