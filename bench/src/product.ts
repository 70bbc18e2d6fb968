import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Marquee, startMarquee } from '../../tests/harness/marquee.ts'
import { postmasterOf, superuserUrl } from '../../tests/harness/postmaster.ts'
import { cpuSeconds } from './cpu.ts'

export type Product = Marquee & {
  /** PostgreSQL as its superuser: for baselines and for counting rows afterwards. */
  databaseUrl: string
  sql: pg.Pool
  /** CPU seconds of the server with everything it started, PostgreSQL and the sandbox provider included. */
  cpu: () => number
  cpuOfPostgres: () => number
  end: () => Promise<void>
}

/** The real product in a process of its own, without limits, on a data directory of its own. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const marquee = await startMarquee({ MARQUEE_DEMO: '1', MARQUEE_LIMITS: 'off', ...env })
  // Its guard lets no second Marquee in, but it is only PostgreSQL.
  const { pid: postgres } = postmasterOf(marquee)
  const databaseUrl = superuserUrl(marquee)
  const sandbox = Number(JSON.parse(readFileSync(join(marquee.data, 'sandbox.json'), 'utf8')).pid)
  const sql = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  sql.on('error', () => {})
  return {
    ...marquee,
    databaseUrl,
    sql,
    cpu: () => cpuSeconds([marquee.pid, postgres, sandbox]),
    cpuOfPostgres: () => cpuSeconds([postgres]),
    end: async () => {
      await sql.end()
      await marquee.remove()
    },
  }
}
