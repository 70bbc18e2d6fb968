import pg from 'pg'

const { builtins } = pg.types

const safeInteger = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number exactly`)
  return value
}

/** `2026-11-21 18:30:00.123+00` as PostgreSQL writes it. */
const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text.replace(' ', 'T'))

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, safeInteger],
  [builtins.NUMERIC, Number],
  [builtins.TIMESTAMPTZ, instant],
  [builtins.DATE, (text) => text],
  [builtins.TIME, (text) => text],
  [builtins.TIMESTAMP, (text) => text.replace(' ', 'T')],
])

/** How values arrive: instants as `Temporal.Instant`, whole numbers as numbers or an error, dates as text. */
export const pgTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}
