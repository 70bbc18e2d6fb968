import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Database, isRetryable, isSqlError, openDatabase, openSecrets } from '@marquee/kit/sql'
import type { Ask } from './client.ts'
import type { Marquee } from './marquee.ts'
import { runMarquee } from './marquee.ts'
import { postmasterOf } from './postmaster.ts'
import { surroundings } from './surroundings.ts'

const program = fileURLToPath(new URL('../../apps/server/bin/marquee.mjs', import.meta.url))

/** A copy of a running Marquee's PostgreSQL, as an operator makes it: with our own backup and our own command. */
export type Copy = {
  data: string
  /** For `DATABASE_REPLICA_URLS`; known before the copy is there. */
  url: string
  /** Makes it of a backup, or starts it again. */
  start: (marquee: Pick<Marquee, 'data'>) => Promise<void>
  pause: () => Promise<void>
  resume: () => Promise<void>
  stop: () => Promise<void>
  /** SIGKILL to the program and its server. */
  kill: () => Promise<void>
  remove: () => Promise<void>
}

export async function planCopy(): Promise<Copy> {
  const data = await realpath(await mkdtemp(join(tmpdir(), 'mq-copy-')))
  const backups = join(data, 'backups')
  const url = `postgresql://localhost/postgres?${new URLSearchParams({ host: join(data, 'run'), port: '5432' })}`
  let child: ChildProcess | undefined

  const asSuperuser = async (work: (db: Database) => Promise<unknown>) => {
    const there = new URL(url)
    there.username = 'marquee'
    there.password = openSecrets(join(data, 'secrets', 'postgres.json')).ensure('marquee')
    const db = openDatabase({ url: there.href, poolSize: 1 })
    await work(db).finally(db.close)
  }
  /** What is replayed meanwhile may cancel the very statement, or the connecting; said again it changes nothing. */
  const sayOfReplay = async (text: string, times = 5): Promise<void> => {
    await asSuperuser((db) => db.query(text)).catch((error: unknown) => {
      const isCancelled = isRetryable(error) || (isSqlError(error) && isRetryable(error.cause))
      if (!isCancelled || times === 1) throw error
      return sayOfReplay(text, times - 1)
    })
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null) return
    const gone = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill(signal)
    await gone
  }

  return {
    data,
    url,
    async start(marquee) {
      const env = { MARQUEE_DATA: marquee.data }
      if (!serverOf(data)) {
        const backup = await runMarquee(['backup', backups], env)
        if (backup.code !== 0) throw new Error(backup.output)
      }
      const started = spawn(process.execPath, [program, 'replica', data, '--from', backups], {
        env: { ...surroundings(), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      let said = ''
      await new Promise<void>((resolve, reject) => {
        const read = (chunk: Buffer) => {
          said += chunk
          if (said.includes('A copy follows')) resolve()
        }
        started.stdout.on('data', read)
        started.stderr.on('data', read)
        started.once('exit', (code) => reject(new Error(`the copy ended with ${code}:\n${said}`)))
      })
    },
    pause: () => sayOfReplay('select pg_wal_replay_pause()'),
    resume: () => sayOfReplay('select pg_wal_replay_resume()'),
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL')
      const server = serverOf(data)
      if (server) process.kill(server, 'SIGKILL')
    },
    async remove() {
      await end('SIGTERM')
      await runMarquee(['stop'], { MARQUEE_DATA: data })
      await rm(data, { recursive: true, force: true })
    },
  }
}

function serverOf(data: string): number | undefined {
  try {
    return postmasterOf({ data }).pid
  } catch {
    // No copy yet.
    return undefined
  }
}

/** A program that sends back what it was told it has seen. */
export function remembering(ask: Ask): Ask {
  let seen: string | undefined
  return async (method, path, { body, headers } = {}) => {
    const answer = await ask(method, path, {
      ...(body === undefined ? {} : { body }),
      headers: { ...(seen === undefined ? {} : { 'x-marquee-seen': seen }), ...headers },
    })
    seen = answer.headers.get('x-marquee-seen') ?? seen
    return answer
  }
}

/** A browser: it logs in on the site and keeps the cookies it is given. */
export async function browser(ask: Ask, email: string, password: string): Promise<Ask> {
  const jar = new Map<string, string>()
  const browse: Ask = async (method, path, { body, headers } = {}) => {
    const answer = await ask(method, path, {
      ...(body === undefined ? {} : { body }),
      headers: {
        'sec-fetch-site': 'same-origin',
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
    })
    for (const given of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(given) ?? []
      jar.set(name, value)
    }
    return answer
  }
  const { status } = await browse('POST', '/api/auth/login', { body: { email, password } })
  if (status !== 200) throw new Error(`${email} could not log in: ${status}`)
  return browse
}
