import { type Database, openDatabase } from '@marquee/kit/sql'
import type { Marquee } from './marquee.ts'
import { superuserUrl } from './postmaster.ts'

/** Reads PostgreSQL as its superuser. */
export function openBooks(marquee: Pick<Marquee, 'data'>): Database {
  return openDatabase({ url: superuserUrl(marquee), poolSize: 1 })
}

export async function withBooks<T>(
  marquee: Pick<Marquee, 'data'>,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const db = openBooks(marquee)
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}
