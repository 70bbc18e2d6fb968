import type { CallRequest } from './implement.ts'

/**
 * The version a caller has seen, by `If-Match: "3"`; undefined for whoever does not say or says `*`.
 * Anything that is no version is -1, which matches none.
 */
export function expectedVersion({ headers }: Pick<CallRequest, 'headers'>): number | undefined {
  const given = headers['if-match']
  if (given === undefined || given === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given)?.[1]
  return version === undefined ? -1 : Number(version)
}
