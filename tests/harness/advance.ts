import { type Database, openDatabase } from '@marquee/kit/sql'
import { advanceClock } from '@marquee/kit/testing'
import type { Marquee } from './marquee.ts'
import { superuserUrl } from './postmaster.ts'

/** Opens the schema of one service, as superuser, in the PostgreSQL that a running Marquee brought along. */
export function openService(marquee: Pick<Marquee, 'data'>, service: string): Database {
  return openDatabase({ url: superuserUrl(marquee, { options: `-c search_path=${service}` }), poolSize: 1 })
}

/** Moves the clock that one service judges by. */
export async function advanceService(
  marquee: Pick<Marquee, 'data'>,
  service: string,
  duration: Temporal.DurationLike,
): Promise<void> {
  const db = openService(marquee, service)
  await advanceClock(db, duration)
  await db.close()
}
