import { createHash } from 'node:crypto'
import type { Caller } from './access.ts'

/** What a use case needs to commit a key in the row it creates and to replay it from there. */
export type Idempotency = { key: string; scope: string; bodyHash: string }

export const idempotencyKeyLength = { least: 16, most: 100 } as const

/** Scopes a key to endpoint and caller; a guest has no identity, so the body stands in for it. */
export function idempotencyOf(endpointName: string, key: string, caller: Caller, body: unknown): Idempotency {
  const bodyHash = createHash('sha256').update(canonical(body)).digest('base64url')
  const who =
    caller.kind === 'user'
      ? `user:${caller.userId}`
      : caller.kind === 'service'
        ? `service:${caller.service}`
        : `guest:${bodyHash}`
  return { key, scope: `${endpointName}:${who}`, bodyHash }
}

/** JSON with sorted keys, so that the same request in another field order is the same request. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
      .join(',')}}`
  return JSON.stringify(value) ?? 'null'
}
