import { fail, invalid } from '@marquee/kit/contract'
import type { Refusal } from './plan-show.ts'
import type { Clash } from './show-store.ts'
import type { Unrested } from './sold-seats.ts'

export const badLayout = (errors: readonly string[]) =>
  invalid(errors.map((message) => ({ path: 'layout', message })))

type Refused =
  | {
      ok: false
      code: 'not-found' | 'version-mismatch' | 'name-taken' | 'show-cancelled' | 'idempotency-key-reused'
    }
  | { ok: false; code: 'seats-sold'; seats: string[] }
  | { ok: false; code: 'screen-busy'; clash: Clash }
  | Unrested
  | Refusal

export function refuse(outcome: Refused) {
  switch (outcome.code) {
    case 'invalid':
      return invalid(outcome.errors)
    case 'ambiguous-time':
      return fail(outcome.code, { choices: outcome.choices }, 'Clocks change then: say which you mean')
    case 'seats-sold':
      return fail(outcome.code, { seats: outcome.seats }, 'These seats are sold or held')
    case 'screen-busy':
      return fail(outcome.code, { show: presentClash(outcome.clash) }, 'Another show is on then')
    case 'unavailable':
      return fail(outcome.code, undefined, 'Sales cannot rest just now: try again', { 'retry-after': '2' })
    default:
      return fail(outcome.code)
  }
}

export function refusePerson(code: 'not-found' | 'last-owner' | 'unavailable' | 'no-account') {
  if (code !== 'no-account') return fail(code)
  return invalid([{ path: 'email', message: 'belongs to no account: ask them to register first' }])
}

function presentClash(clash: Clash) {
  return {
    id: clash.id,
    movieTitle: clash.movie_title,
    startsAt: clash.starts_at.toString(),
    localStart: clash.local_start,
    busyUntil: clash.busy_until.toString(),
  }
}
