import pg from 'pg'

const { builtins } = pg.types
const dateArray = 1182
const int8Array = 1016
const textArray = 1009
const timestamptzArray = 1185

function safeInteger(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new RangeError(`${text} does not fit a JavaScript number exactly; select it as text`)
}

const instant = (text: string) => Temporal.Instant.from(text)
const asIs = (text: string) => text

function arrayOf(one: Parser): Parser {
  const each = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(each) : value === null ? null : one(String(value))
  // The typings list no array types.
  return (text) => each(pg.types.getTypeParser(textArray as typeof builtins.INT8)(text))
}

type Parser = (text: string) => unknown

const parsers = new Map<number, Parser>([
  [builtins.INT8, safeInteger],
  [int8Array, arrayOf(safeInteger)],
  [builtins.TIMESTAMPTZ, instant],
  [timestamptzArray, arrayOf(instant)],
  [builtins.TIMESTAMP, asIs],
  [builtins.DATE, asIs],
  [dateArray, arrayOf(asIs)],
  [builtins.INTERVAL, asIs],
])

/**
 * How columns arrive: int8 as number (throws when it would lose digits), timestamptz as Temporal.Instant,
 * date, timestamp, interval and numeric as text, json and jsonb parsed, uuid as text.
 */
export const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: unknown) =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format as 'text'),
}

/** Makes parameters ready for `pg`, which would write a Temporal value as JSON. */
export function toParameters(values: readonly unknown[]): unknown[] {
  return values.map(toParameter)
}

function toParameter(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(toParameter)
  return isTemporal(value) ? String(value) : value
}

function isTemporal(value: object): boolean {
  const tag: unknown = Reflect.get(value, Symbol.toStringTag)
  return typeof tag === 'string' && tag.startsWith('Temporal.')
}
