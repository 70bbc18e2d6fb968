import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reachMail } from './doctor-reach.ts'

const program = fileURLToPath(new URL('../../bin/marquee.mjs', import.meta.url))
// Nobody listens there: it is not given out, and what is below 1024 is for the machine's own services.
const nobody = 'http://127.0.0.1:9'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mqc-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command on data of its own. */
function marquee(args: readonly string[], env: Record<string, string> = {}) {
  const own = { MARQUEE_DATA: join(folder, 'data'), PORT: '9', MARQUEE_OPS_PORT: '9' }
  return spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...own, ...env },
  })
}

test('doctor names the etcd that does not answer, and tells what else is configured', () => {
  const { status, stdout, stderr } = marquee(['doctor'], { ETCD_URL: nobody, MARQUEE_WATCH: 'etcd' })
  expect(stderr).toBe('')
  expect(stdout).toContain(`no  etcd         etcd at ${nobody} does not answer`)
  expect(stdout).toMatch(/BOOKING_HOLD_MINUTES +8/)
  expect(status).toBe(1)
})

test('doctor names the mail server and the copies of the database that do not answer', () => {
  const { status, stdout, stderr } = marquee(['doctor'], {
    NOTIFICATIONS_SMTP_URL: 'smtp://cinema:not-told@127.0.0.1:9',
    DATABASE_REPLICA_URLS: 'postgresql://cinema:not-told@127.0.0.1:9/cinema',
  })
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^no {2}Mail +127\.0\.0\.1:9: .*ECONNREFUSED/m)
  expect(stdout).toMatch(/^no {2}Replica +127\.0\.0\.1:9: .*ECONNREFUSED/m)
  expect(stdout).not.toContain('not-told')
  expect(status).toBe(1)
})

test('doctor tells what answers before it names a setting that is wrong', () => {
  const { status, stdout, stderr } = marquee(['doctor'], { BOOKING_HOLD_MINUTES: 'abc', ETCD_URL: nobody })
  expect(stdout).toContain(`no  etcd         etcd at ${nobody} does not answer`)
  expect(stderr).toBe('marquee: BOOKING_HOLD_MINUTES must be a number, not "abc"\n')
  expect(status).toBe(1)
})

test('doctor finds a mail server that greets', async () => {
  const server = createServer((socket) => socket.end('220 mail.example at your service\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const said = await reachMail(`smtp://127.0.0.1:${port}`)
  server.close()
  expect(said).toMatchObject({ good: true, says: `127.0.0.1:${port} answers` })
})

test('an import of a folder ends in one line, and starts nothing', () => {
  mkdirSync(join(folder, 'films'))
  const films = join(folder, 'films')
  expect(marquee(['import', 'movies', films])).toMatchObject({
    status: 1,
    stdout: '',
    stderr: `marquee: ${films} is a folder: name the file in it\n`,
  })
  expect(existsSync(join(folder, 'data'))).toBe(false)
})
