import fc from 'fast-check'

type Schema = {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minItems?: number
  minimum?: number
  maximum?: number
  maxItems?: number
}

/** Ids and other values that exist, by the name of the field they fit. */
export type Living = Readonly<Record<string, readonly unknown[]>>

const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e308,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '𝕏',
    "' or 1=1 --",
    '<script>',
    '../../etc/passwd',
    '%00',
    'NaN',
    [],
    {},
    [[]],
  ),
  fc.string({ maxLength: 300, unit: 'binary' }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
)

/** `tidy` keeps to the shape; otherwise each value is now and then something else altogether. */
export type Manner = { living: Living; tidy: boolean }

/** Values as a client might send them: in shape, and with living ids where some fit. */
export function arbitraryFor(schema: Schema, field: string, manner: Manner): fc.Arbitrary<unknown> {
  const inShape = shaped(schema, field, manner)
  const alive = (manner.living[field] ?? []).filter((value) => fits(schema, value))
  const fitting =
    alive.length > 0
      ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...alive) }, { weight: 1, arbitrary: inShape })
      : inShape
  return manner.tidy
    ? fitting
    : fc.oneof({ weight: 8, arbitrary: fitting }, { weight: 1, arbitrary: strange })
}

function fits(schema: Schema, value: unknown): boolean {
  if (value === undefined) return true
  if (schema.anyOf) return schema.anyOf.some((one) => fits(one, value))
  if (Array.isArray(value))
    return schema.type === 'array' && value.every((one) => fits(schema.items ?? {}, one))
  if (typeof value === 'string' && value.length > (schema.maxLength ?? value.length)) return false
  return schema.type === typeof value
}

function shaped(schema: Schema, field: string, manner: Manner): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => shaped(one, field, manner)))
  switch (schema.type) {
    case 'object':
      return objectFor(schema, manner)
    case 'array':
      return fc.array(arbitraryFor(schema.items ?? {}, field, manner), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 4, 8)),
      })
    case 'integer':
      return fc.integer({
        min: clamp(schema.minimum, -2_147_483_648),
        max: clamp(schema.maximum, 2_147_483_647),
      })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e9, max: schema.maximum ?? 1e9, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return stringFor(schema)
    default:
      return strange
  }
}

const clamp = (value: number | undefined, otherwise: number): number =>
  Math.max(-2_147_483_648, Math.min(2_147_483_647, value ?? otherwise))

function objectFor(schema: Schema, manner: Manner): fc.Arbitrary<unknown> {
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, one]) => [name, arbitraryFor(one, name, manner)]),
  )
  const whole = fc.record(properties, { requiredKeys: schema.required ?? [] })
  const partial = fc.record(properties, { requiredKeys: [] })
  return manner.tidy ? whole : fc.oneof({ weight: 9, arbitrary: whole }, { weight: 1, arbitrary: partial })
}

function stringFor(schema: Schema): fc.Arbitrary<string> {
  switch (schema.format) {
    case 'uuid':
      return fc.uuid()
    case 'email':
      return fc.emailAddress()
    case 'date':
      return fc
        .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10))
    case 'date-time':
      return fc
        .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString())
    default:
      return schema.pattern ? matching(schema.pattern) : textFor(schema)
  }
}

function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern))
  } catch {
    // A pattern that looks ahead or behind.
    return fc.string({ maxLength: 40 })
  }
}

function textFor({ minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  const most = Math.max(minLength, Math.min(maxLength, 60))
  const cut = (text: string) => text.slice(0, most).toWellFormed()
  return fc.oneof(
    fc.string({ minLength, maxLength: most }),
    fc.string({ minLength, maxLength: most, unit: 'grapheme' }).map(cut),
  )
}
