import type { z } from 'zod'

const live = new WeakSet<z.ZodType>()

/**
 * Marks a setting that takes effect while the server runs: `liveSetting(z.int().default(8))`. Whoever uses it reads it
 * from the configuration each time. Every other setting stays as it was at the start until the next one.
 */
export function liveSetting<Schema extends z.ZodType>(schema: Schema): Schema {
  live.add(schema)
  return schema
}

/** Whether a setting was marked, under its defaults and optionals too. */
export function isLive(schema: z.ZodType): boolean {
  if (live.has(schema)) return true
  const { innerType } = schema.def as { innerType?: z.ZodType }
  return innerType ? isLive(innerType) : false
}
