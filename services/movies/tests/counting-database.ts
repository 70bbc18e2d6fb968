import type { Database } from '@marquee/kit/sql'

/** A database that notes every statement it is given. */
export function countingDatabase(real: Database) {
  const seen: { text: string; values: readonly unknown[] }[] = []
  const db: Database = {
    ...real,
    query(text, values = [], options) {
      seen.push({ text, values })
      return real.query(text, values, options)
    },
  }
  return { db, statements: () => [...seen], forgetStatements: () => seen.splice(0) }
}
