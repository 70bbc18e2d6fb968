import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, openDatabase, openSecrets } from '@marquee/kit/sql'
import type { Marquee } from './marquee.ts'

/** Reads PostgreSQL as its superuser. */
export function openBooks({ data }: Pick<Marquee, 'data'>): Database {
  const [, , , port, sockets] = readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const password = openSecrets(join(data, 'secrets', 'postgres.json')).ensure('marquee')
  const query = new URLSearchParams({ host: sockets ?? '', port: port ?? '' })
  return openDatabase({ url: `postgresql://marquee:${password}@localhost/postgres?${query}`, poolSize: 1 })
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
