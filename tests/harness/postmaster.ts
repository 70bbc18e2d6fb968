import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSecrets } from '@marquee/kit/sql'
import type { Marquee } from './marquee.ts'

const superuser = 'marquee'

/** The PostgreSQL that a Marquee keeps for itself, by its own word. Throws while there is none. */
export function postmasterOf({ data }: Pick<Marquee, 'data'>): {
  pid: number
  port: string
  sockets: string
} {
  const [pid, , , port = '', sockets = ''] = readFileSync(
    join(data, 'postgres', 'postmaster.pid'),
    'utf8',
  ).split('\n')
  return { pid: Number(pid), port, sockets }
}

/** Its address for the superuser, with what a URL may say besides. */
export function superuserUrl(marquee: Pick<Marquee, 'data'>, also: Record<string, string> = {}): string {
  const { port, sockets } = postmasterOf(marquee)
  const password = openSecrets(join(marquee.data, 'secrets', 'postgres.json')).ensure(superuser)
  return `postgresql://${superuser}:${password}@localhost/postgres?${new URLSearchParams({ host: sockets, port, ...also })}`
}
