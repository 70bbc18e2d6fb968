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

/** Requests as a client might send them: mostly in shape, with living ids where some fit, and now and then off. */
export function arbitraryFor(schema: Schema, field: string, living: Living): fc.Arbitrary<unknown> {
  const inShape = shaped(schema, field, living)
  const alive = living[field]
  return fc.oneof(
    {
      weight: 8,
      arbitrary:
        alive && alive.length > 0
          ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...alive) }, { weight: 1, arbitrary: inShape })
          : inShape,
    },
    { weight: 1, arbitrary: strange },
  )
}

function shaped(schema: Schema, field: string, living: Living): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => shaped(one, field, living)))
  switch (schema.type) {
    case 'object':
      return objectFor(schema, living)
    case 'array':
      return fc.array(arbitraryFor(schema.items ?? {}, field, living), {
        maxLength: Math.min(schema.maxItems ?? 4, 12),
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

function objectFor(schema: Schema, living: Living): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, one]) => [name, arbitraryFor(one, name, living)] as const,
  )
  const whole = fc.record(Object.fromEntries(properties), { requiredKeys: schema.required ?? [] })
  const partial = fc.record(Object.fromEntries(properties), { requiredKeys: [] })
  return fc.oneof({ weight: 9, arbitrary: whole }, { weight: 1, arbitrary: partial })
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
      return fc.oneof(
        fc.string({ maxLength: 60 }),
        fc.string({ maxLength: 20, unit: 'grapheme' }),
        fc.constantFrom('A: 1-10 _ 11-20', '2027-03-01T19:30', 'Europe/Berlin', 'EUR', '52.5,13.4', 'adult'),
      )
  }
}
