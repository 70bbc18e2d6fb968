import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type EmbeddedServer, openDatabase, startEmbedded } from '../index.ts'
import { startProcess } from './start-process.ts'

const isRoot = process.getuid?.() === 0
let folder: string
const running: EmbeddedServer[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mqe-'))
})
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function start(data: string, onLost?: Parameters<typeof startEmbedded>[0]['onLost']) {
  const server = await startEmbedded({ data, onLost })
  running.push(server)
  return server
}

async function ask<Row extends object>(server: EmbeddedServer, text: string): Promise<Row | undefined> {
  const db = openDatabase({ url: server.adminUrl(), poolSize: 1 })
  try {
    return (await db.query<Row>(text)).rows[0]
  } finally {
    await db.close()
  }
}

test('starts on an empty directory, keeps what was written, and starts again', async () => {
  const first = await start(join(folder, 'data'))
  await ask(first, 'create table kept as select 42 as answer')
  await first.stop()
  const second = await start(join(folder, 'data'))
  expect(await ask(second, 'select answer from kept')).toEqual({ answer: 42 })
  expect(second.adopted).toBe(false)
})

test('is durable: fsync, synchronous commit and page checksums are on', async () => {
  const server = await start(join(folder, 'data'))
  const found = await ask(
    server,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
       current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding`,
  )
  expect(found).toEqual({ fsync: 'on', commit: 'on', checksums: 'on', encoding: 'UTF8' })
})

test('stands back behind those it works for', async () => {
  const server = await start(join(folder, 'data'))
  const db = openDatabase({ url: server.adminUrl(), poolSize: 1 })
  const { rows } = await db.query<{ pid: number }>('select pg_backend_pid() as pid')
  const pid = rows[0]?.pid ?? 0
  expect(getPriority(server.pid())).toBe(10)
  expect(getPriority(pid)).toBe(10)
  const isBySession =
    existsSync('/proc/self/autogroup') &&
    readFileSync('/proc/sys/kernel/sched_autogroup_enabled', 'utf8') === '1\n'
  if (isBySession)
    await vi.waitFor(
      () => expect(readFileSync(`/proc/${pid}/autogroup`, 'utf8')).toMatch(/nice 10$/m),
      10_000,
    )
  await db.close()
})

test('keeps its password where only its owner can read it', async () => {
  const server = await start(join(folder, 'data'))
  expect(statSync(server.layout.secrets).mode & 0o777).toBe(0o600)
  const url = new URL(server.adminUrl())
  url.password = 'guessed'
  const guessing = openDatabase({ url: url.href })
  await expect(guessing.query('select 1')).rejects.toThrow(/password authentication failed/)
  await guessing.close()
})

test('ends a second start on the same data with one clear line', async () => {
  const data = join(folder, 'data')
  await start(data)
  await expect(startEmbedded({ data })).rejects.toMatchObject({
    code: 'data-in-use',
    message: expect.stringMatching(/Another Marquee is running on .*: stop it first/),
  })
})

test('lets one of two first starts at the same moment win', async () => {
  const data = join(folder, 'data')
  const both = await Promise.all([startProcess(data, { finish: true }), startProcess(data, { finish: true })])
  expect(both.map(({ said }) => said.code ?? 'started').sort()).toEqual(['data-in-use', 'started'])
  for (const { child, ended } of both) {
    child.stdin?.end()
    await ended
  }
})

test('takes the folder of sockets that another start made a moment ago and has not given away yet', async () => {
  const first = await start(join(folder, 'data'))
  await first.stop()
  mkdirSync(first.layout.sockets, { recursive: true, mode: 0o700 })
  const second = await start(join(folder, 'data'))
  expect(await ask(second, 'select 1 as alive')).toEqual({ alive: 1 })
})

test('adopts the server that a killed Marquee left behind', async () => {
  const data = join(folder, 'data')
  const { said, child, ended } = await startProcess(data)
  child.kill('SIGKILL')
  await ended
  const server = await start(data)
  expect(server.adopted).toBe(true)
  expect(server.pid()).toBe(said.pid)
  expect(await ask(server, 'select 1 as alive')).toEqual({ alive: 1 })
})

test('brings a server back that was killed', async () => {
  const back = Promise.withResolvers<void>()
  const server = await start(join(folder, 'data'), (outcome) => outcome.back && back.resolve())
  await ask(server, 'create table kept as select 42 as answer')
  const before = server.pid()
  process.kill(before, 'SIGKILL')
  await back.promise
  expect(server.pid()).not.toBe(before)
  expect(await ask(server, 'select answer from kept')).toEqual({ answer: 42 })
})

test('starts over a process id file whose number belongs to another program by now', async () => {
  const data = join(folder, 'data')
  const first = await start(data)
  await first.stop()
  writeFileSync(join(first.layout.cluster, 'postmaster.pid'), `${process.pid}\n/x\n1\n5432\n/x\n*\n`)
  expect((await start(data)).adopted).toBe(false)
})

test('starts over the lock files of a killed server whose number a zombie or another program has', async () => {
  const data = join(folder, 'data')
  const { layout, stop } = await start(data)
  const { uid = process.getuid?.() ?? 0 } = layout.user
  const files = [join(layout.cluster, 'postmaster.pid'), join(layout.sockets, '.s.PGSQL.5432.lock')]
  const left = files.map((file) => readFileSync(file, 'utf8'))
  await stop()
  mkdirSync(layout.sockets, { recursive: true, mode: 0o700 })
  chownSync(layout.sockets, uid, uid)
  // PostgreSQL believes in numbers of its own user only.
  const other = spawn('sleep', ['60'], { uid })
  try {
    for (const [at, file] of files.entries()) {
      writeFileSync(file, (left[at] ?? '').replace(/^\d+/, String(other.pid)), { mode: 0o600 })
      chownSync(file, uid, uid)
    }
    expect((await start(data)).adopted).toBe(false)
  } finally {
    other.kill()
  }
})

test('refuses data that another PostgreSQL version wrote', async () => {
  const data = join(folder, 'data')
  mkdirSync(join(data, 'postgres'), { recursive: true })
  writeFileSync(join(data, 'postgres', 'PG_VERSION'), '15\n')
  await expect(start(data)).rejects.toMatchObject({
    code: 'wrong-version',
    message: expect.stringContaining('PostgreSQL 15'),
  })
})

test('says which directory it cannot write to', async () => {
  writeFileSync(join(folder, 'file'), '')
  await expect(start(join(folder, 'file', 'data'))).rejects.toMatchObject({ code: 'data-not-writable' })
})

test('works in a directory whose path is too long for a socket', async () => {
  const server = await start(join(folder, 'a-cinema-with-quite-a-long-name'.repeat(4), 'data'))
  expect(server.layout.sockets.length).toBeLessThan(91)
  expect(await ask(server, 'select 1 as alive')).toEqual({ alive: 1 })
})

test.runIf(isRoot)('works for root where the server cannot walk: a checkout under /root', async () => {
  const closed = join(folder, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  chmodSync(folder, 0o755)
  const server = await start(join(closed, 'data'))
  expect(await ask(server, "select current_setting('data_directory') as path")).toEqual({
    path: '/proc/self/cwd',
  })
  expect(statSync(join(server.layout.cluster, 'base')).uid).not.toBe(0)
})

test.runIf(isRoot)('works for an ordinary user, and refuses a directory that is not theirs', async () => {
  const nobody = { uid: 65_534, gid: 65_534 }
  chmodSync(folder, 0o755)
  const theirs = join(folder, 'theirs')
  mkdirSync(theirs)
  chownSync(theirs, nobody.uid, nobody.gid)
  const allowed = await startProcess(theirs, { ...nobody, finish: true })
  expect(allowed.said).toMatchObject({ pid: expect.any(Number) })
  allowed.child.stdin?.end()
  await allowed.ended
  expect(statSync(join(theirs, 'postgres')).uid).toBe(nobody.uid)
  const refused = await startProcess(join(folder, 'ours'), nobody)
  expect(refused.said).toEqual({ code: 'data-not-writable' })
  await refused.ended
})
