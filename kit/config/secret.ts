import type { z } from 'zod'

const secrets = new WeakSet<z.ZodType>()

/** Marks a setting whose value is never printed: `secret(z.string().min(16))`. */
export function secret<Schema extends z.ZodType>(schema: Schema): Schema {
  secrets.add(schema)
  return schema
}

/** Whether a setting was marked, under its defaults and optionals too. */
export function isSecret(schema: z.ZodType): boolean {
  if (secrets.has(schema)) return true
  const { innerType } = schema.def as { innerType?: z.ZodType }
  return innerType ? isSecret(innerType) : false
}
