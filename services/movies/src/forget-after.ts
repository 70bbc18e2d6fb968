import type { Cache } from '@marquee/kit/cache'
import type { Database } from '@marquee/kit/sql'

/** The database, after whose transactions cached answers are forgotten: who changes something sees it at once. */
export function forgetAfter(db: Database, cache: Cache, tags: readonly string[]): Database {
  return {
    ...db,
    async transaction(work, options) {
      const outcome = await db.transaction(work, options)
      await cache.invalidate(tags)
      return outcome
    },
  }
}
