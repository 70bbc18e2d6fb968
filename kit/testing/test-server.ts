import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startEmbedded } from '../sql/index.ts'

export type TestServer = { adminUrl: string }

let started: Promise<TestServer> | undefined

/**
 * The PostgreSQL of this test run: `TEST_DATABASE_URL` (somebody who may create databases and roles), else one
 * embedded server shared by all workers, started when first asked for. It runs without fsync: a test that kills
 * things starts its own with `startEmbedded`.
 */
export function testServer(): Promise<TestServer> {
  started ??= start()
  return started
}

async function start(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { adminUrl: given }
  const folder = process.env.MARQUEE_TEST_SERVER ?? ownFolder()
  const file = join(folder, 'server.json')
  try {
    mkdirSync(join(folder, 'starting'))
  } catch {
    // Another worker starts it.
    return await untilWritten(file)
  }
  const server = await startEmbedded({
    data: join(folder, 'data'),
    tuning: { fsync: false, maxConnections: 300 },
    supervise: false,
  })
  const found = { adminUrl: server.adminUrl(), pid: server.pid() }
  writeFileSync(`${file}.draft`, JSON.stringify(found))
  renameSync(`${file}.draft`, file)
  return found
}

async function untilWritten(file: string): Promise<TestServer> {
  for (let waited = 0; waited < 60_000; waited += 20) {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as TestServer
    } catch {
      await delay(20)
    }
  }
  throw new Error('the test PostgreSQL did not start within a minute')
}

/** For code outside Vitest: a server of its own, ended with the process. */
function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mq-'))
  process.once('exit', () => endTestServer(folder))
  return folder
}

/** Ends the server that runs in a folder, if one was started, and removes the folder. */
export function endTestServer(folder: string): void {
  try {
    const { pid } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { pid: number }
    // Nothing in there is worth a checkpoint.
    process.kill(pid, 'SIGQUIT')
  } catch {
    // None was started, or it is gone.
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}
