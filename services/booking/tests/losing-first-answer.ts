import { type Database, SqlError } from '@marquee/kit/sql'

/** A database whose first commit happens, but its answer never arrives. */
export function losingFirstAnswer(db: Database): Database {
  let lost = false
  return {
    ...db,
    async transaction(work) {
      const result = await db.transaction(work)
      if (lost) return result
      lost = true
      throw new SqlError('commit-unknown', 'the connection broke during COMMIT')
    },
  }
}
