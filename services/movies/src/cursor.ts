import { z } from 'zod'

const Cursor = z.tuple([z.string(), z.array(z.union([z.string().max(400), z.number()])).max(3), z.uuid()])

/** Where a page ended: its order, the sort keys and id of its last film. */
export type Cursor = { order: string; keys: (string | number)[]; id: string }

export function writeCursor({ order, keys, id }: Cursor): string {
  return Buffer.from(JSON.stringify([order, keys, id])).toString('base64url')
}

/** Undefined for text that is no cursor of this order. */
export function readCursor(text: string, order: string, keyTypes: readonly string[]): Cursor | undefined {
  const parsed = Cursor.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  if (!parsed.success) return undefined
  const [ofOrder, keys, id] = parsed.data
  if (ofOrder !== order || keys.map((key) => typeof key).join() !== keyTypes.join()) return undefined
  if (keys.some((key) => typeof key === 'string' && (key.includes('\0') || !key.isWellFormed())))
    return undefined
  return { order, keys, id }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A cursor is whatever a client sends.
    return undefined
  }
}
