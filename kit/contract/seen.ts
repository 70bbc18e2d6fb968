import { currentContext } from '../telemetry/index.ts'

/** The header in which an answer says how far the databases were when it was given, and a program says what it saw. */
export const seenHeader = 'x-marquee-seen'

/** What somebody has seen who changed something, and nobody could say when: read from the primary. */
export const seenUnknown = '?'

const longest = 400
const form = /^\d{1,20}-[0-9a-f]{1,16}(\.\d{1,20}-[0-9a-f]{1,16})*$/

/** Writes down a position of one database's log. */
export const seenAt = (database: string, position: bigint): string => `${database}-${position.toString(16)}`

/** Positions by database; undefined for what is no such mark. `''` has seen nothing in particular. */
export function readSeen(seen: string): ReadonlyMap<string, bigint> | undefined {
  if (seen === '') return new Map()
  if (seen.length > longest || !form.test(seen)) return undefined
  const found = new Map<string, bigint>()
  for (const one of seen.split('.')) {
    const [database = '', position = ''] = one.split('-')
    const at = BigInt(`0x${position}`)
    if (at > (found.get(database) ?? -1n)) found.set(database, at)
  }
  return found
}

/** The later of two marks, database by database; unknown when either is. */
export function laterSeen(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other
  const [a, b] = [readSeen(one), readSeen(other)]
  if (!a || !b) return seenUnknown
  const both = new Map(a)
  for (const [database, at] of b) if (at > (both.get(database) ?? -1n)) both.set(database, at)
  return [...both].map(([database, at]) => seenAt(database, at)).join('.')
}

/** Has the answer to the request being served carry a mark. */
export function noteSeen(seen: string | undefined): void {
  const context = currentContext()
  if (context && seen !== undefined) context.seen = laterSeen(context.seen, seen)
}
