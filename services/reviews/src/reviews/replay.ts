import type { Idempotency } from '@marquee/kit/contract'

type Kept = { bodyHash: string; at: string } | null

/** What a document keeps of the request that made it; without a key its id stands in, which nobody repeats. */
export function requestFields(
  idempotency: Given,
  id: string,
  at: string,
): { request: Kept; requestKey: string } {
  return idempotency
    ? { request: { bodyHash: idempotency.bodyHash, at }, requestKey: requestKeyOf(idempotency) }
    : { request: null, requestKey: id }
}
export type Given = Pick<Idempotency, 'key' | 'scope' | 'bodyHash'> | undefined

export const requestKeyOf = ({ scope, key }: { scope: string; key: string }): string => `${scope}:${key}`

/** How a request that carries a key of a kept one is to be taken. Keys count for a day. */
export function judgeRepeat(
  kept: Kept,
  bodyHash: string,
  now: Temporal.Instant,
): 'replay' | 'reused' | 'expired' {
  if (kept === null) return 'expired'
  const until = Temporal.Instant.from(kept.at).add({ hours: 24 })
  if (Temporal.Instant.compare(now, until) >= 0) return 'expired'
  return kept.bodyHash === bodyHash ? 'replay' : 'reused'
}
