import type { CallRequest } from '@marquee/kit/contract'

/** `If-Match: "3"`; anything that is no version matches none. */
export function expectedEdition({ headers }: Pick<CallRequest, 'headers'>): number | undefined {
  const given = headers['if-match']
  if (given === undefined || given === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given)?.[1]
  return version === undefined ? -1 : Number(version)
}
