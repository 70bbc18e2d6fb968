import { z } from 'zod'

/** Where a page ended: in which order, which tier or guess, and at what. */
export type Place = { by: string; at: number; keys: (string | number)[]; id: string }

/** A name for an order and the types of its keys. */
export type Order = { by: string; types: ('number' | 'string')[] }

const text = z
  .string()
  .max(500)
  .refine((value) => value.isWellFormed() && !value.includes('\0'))
const Written = z.tuple([
  z.string(),
  z.int().min(-1).max(10),
  z.array(z.union([text, z.number()])).max(6),
  text,
])

export function writeCursor(mark: string, { by, at, keys, id }: Place): string {
  return Buffer.from(JSON.stringify([`${mark}.${by}`, at, keys, id])).toString('base64url')
}

/** Undefined when it is none, or one of another order. */
export function readCursor(mark: string, { by, types }: Order, cursor: string): Place | undefined {
  const read = Written.safeParse(parse(Buffer.from(cursor, 'base64url').toString()))
  if (!read.success) return undefined
  const [order, at, keys, id] = read.data
  const fits = keys.length === types.length && keys.every((key, place) => typeof key === types[place])
  return fits && order === `${mark}.${by}` ? { by, at, keys, id } : undefined
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    // Clients may send anything.
    return undefined
  }
}
