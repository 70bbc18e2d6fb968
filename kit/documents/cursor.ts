import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Plan } from './plan-find.ts'

/** Where a page ended: the values of the order, then the id. */
export type Place = { keys: (string | number | boolean | null)[]; id: string }

const text = z
  .string()
  .max(2000)
  .refine((value) => value.isWellFormed() && !value.includes('\0'))
const Written = z.tuple([z.string(), z.array(z.union([text, z.number(), z.boolean(), z.null()])), text])

/** A cursor fits only questions of the same order. */
export function writeCursor(collection: string, plan: Plan, { keys, id }: Place): string {
  return Buffer.from(JSON.stringify([signature(collection, plan), keys, id])).toString('base64url')
}

/** Undefined when it is none, or one of another question. */
export function readCursor(collection: string, plan: Plan, cursor: string): Place | undefined {
  const read = Written.safeParse(parse(Buffer.from(cursor, 'base64url').toString()))
  if (!read.success) return undefined
  const [mark, keys, id] = read.data
  if (mark !== signature(collection, plan) || keys.length !== plan.order.length) return undefined
  return { keys, id }
}

function signature(collection: string, { order, down }: Plan): string {
  return createHash('sha256')
    .update(JSON.stringify([collection, order, down]))
    .digest('base64url')
    .slice(0, 8)
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    // Clients may send anything.
    return undefined
  }
}
