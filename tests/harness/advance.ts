import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, openSecrets } from '@marquee/kit/sql'
import { advanceClock } from '@marquee/kit/testing'
import type { Marquee } from './marquee.ts'

const superuser = 'marquee'

/** Moves the clock that one service judges by, in the PostgreSQL that a running Marquee brought along. */
export async function advanceService(
  { data }: Pick<Marquee, 'data'>,
  service: string,
  duration: Temporal.DurationLike,
): Promise<void> {
  const [, , , port, sockets] = readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const password = openSecrets(join(data, 'secrets', 'postgres.json')).ensure(superuser)
  const query = new URLSearchParams({
    host: sockets ?? '',
    port: port ?? '',
    options: `-c search_path=${service}`,
  })
  const db = openDatabase({
    url: `postgresql://${superuser}:${password}@localhost/postgres?${query}`,
    poolSize: 1,
  })
  await advanceClock(db, duration)
  await db.close()
}
