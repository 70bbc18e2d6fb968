import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSecrets } from '@marquee/kit/sql'
import pg from 'pg'
import { type Marquee, startMarquee } from '../../tests/harness/marquee.ts'
import { cpuSeconds } from './cpu.ts'

const superuser = 'marquee'

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
  const { pid: postgres, url: databaseUrl } = postgresOf(marquee.data)
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

/** The server that a running Marquee keeps for itself; its guard lets no second Marquee in, but it is only PostgreSQL. */
function postgresOf(data: string): { pid: number; url: string } {
  const [pid, , , port, sockets] = readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  const password = openSecrets(join(data, 'secrets', 'postgres.json')).ensure(superuser)
  const query = new URLSearchParams({ host: sockets ?? '', port: port ?? '' })
  return { pid: Number(pid), url: `postgresql://${superuser}:${password}@localhost/postgres?${query}` }
}
