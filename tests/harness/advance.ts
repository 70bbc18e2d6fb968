import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, openDatabase, openSecrets } from '@marquee/kit/sql'
import { advanceClock } from '@marquee/kit/testing'
import type { Marquee } from './marquee.ts'

const superuser = 'marquee'

/** Opens the schema of one service, as superuser, in the PostgreSQL that a running Marquee brought along. */
export function openService({ data }: Pick<Marquee, 'data'>, service: string): Database {
  const [, , , port, sockets] = readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const password = openSecrets(join(data, 'secrets', 'postgres.json')).ensure(superuser)
  const query = new URLSearchParams({
    host: sockets ?? '',
    port: port ?? '',
    options: `-c search_path=${service}`,
  })
  return openDatabase({
    url: `postgresql://${superuser}:${password}@localhost/postgres?${query}`,
    poolSize: 1,
  })
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
