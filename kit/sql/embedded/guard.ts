import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { SqlError } from '../sql-error.ts'

// Any number, as long as nothing else in the database `postgres` uses it.
const livingMarquee = 7_267_833

/** The mark of the living Marquee: a lock that ends with the process that holds it. */
export type Guard = {
  /** Settles when the connection is gone, whoever ended it. */
  lost: Promise<void>
  version: string
  release(): Promise<void>
}

/** Takes the mark. Errors: `data-in-use` when another Marquee holds it. */
export async function takeGuard(adminUrl: string, data: string): Promise<Guard> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'marquee guard' })
  const lost = Promise.withResolvers<void>()
  client.on('error', () => lost.resolve())
  client.on('end', () => lost.resolve())
  await client.connect()
  // A killed Marquee's lock falls when PostgreSQL notices that its socket closed: milliseconds, not seconds.
  for (let attempt = 0; attempt < 20; attempt++) {
    const { rows } = await client.query(
      "select pg_try_advisory_lock($1) as taken, current_setting('server_version') as version",
      [livingMarquee],
    )
    if (rows[0].taken) return { lost: lost.promise, version: rows[0].version, release: () => client.end() }
    await delay(50)
  }
  await client.end()
  throw new SqlError(
    'data-in-use',
    `Another Marquee is running on ${data}: stop it first, or set MARQUEE_DATA to another directory`,
  )
}
