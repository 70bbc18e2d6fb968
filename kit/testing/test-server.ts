import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isAlive, isPostgres } from '../sql/embedded/postmaster-file.ts'
import { startEmbedded } from '../sql/index.ts'

export type TestServer = { adminUrl: string }

type Found = TestServer & { pid: number; sockets: string }

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
  const found: Found = { adminUrl: server.adminUrl(), pid: server.pid(), sockets: server.layout.sockets }
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
  const folder = prepareTestServer()
  process.once('exit', () => endTestServer(folder))
  return folder
}

/** Names the folder of this run and sweeps up after earlier runs that were killed. */
export function prepareTestServer(): string {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith('mq-'))) {
    const folder = join(tmpdir(), name)
    if (!isAlive(ownerOf(folder))) endTestServer(folder)
  }
  const folder = mkdtempSync(join(tmpdir(), 'mq-'))
  writeFileSync(join(folder, 'owner'), String(process.pid))
  return folder
}

function ownerOf(folder: string): number {
  try {
    return Number(readFileSync(join(folder, 'owner'), 'utf8'))
  } catch {
    // Just being made, or not ours: leave it.
    return process.pid
  }
}

/** Ends the server that runs in a folder, if one was started, and removes the folder. */
export function endTestServer(folder: string): void {
  const found = readFound(folder)
  if (found) {
    endNow(found.pid)
    rmSync(found.sockets, { recursive: true, force: true })
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

function readFound(folder: string): Found | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as Found
  } catch {
    // None was started.
    return undefined
  }
}

// Immediate shutdown: nothing in there is worth a checkpoint. In one go, because a process that ends cannot await.
function endNow(pid: number): void {
  const pause = new Int32Array(new SharedArrayBuffer(4))
  if (isPostgres(pid)) process.kill(pid, 'SIGQUIT')
  for (let waited = 0; isPostgres(pid) && waited < 6_000; waited += 5) Atomics.wait(pause, 0, 0, 5)
}
