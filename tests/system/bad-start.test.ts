import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownPort } from '@marquee/kit/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { client, person } from '../harness/client.ts'
import { made } from '../harness/house.ts'
import { type Marquee, runMarquee, startMarquee } from '../harness/marquee.ts'
import { postmasterOf } from '../harness/postmaster.ts'

const program = fileURLToPath(new URL('../../apps/server/bin/marquee.mjs', import.meta.url))

let folder: string
let open: Marquee
const servers: Server[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-bad-start-'))
  open = await startMarquee()
}, 120_000)
afterAll(async () => {
  for (const server of servers) server.close()
  await open?.remove()
  for (const name of ['ports', 'ops', 'silent', 'cluster'])
    await runMarquee(['stop'], { MARQUEE_DATA: join(folder, name) })
  await rm(folder, { recursive: true, force: true })
})

type Ended = { code: number | null; output: string }
const start = async (env: Record<string, string>): Promise<Ended> =>
  runMarquee(['start'], {
    PORT: String(await ownPort()),
    MARQUEE_OPS_PORT: String(await ownPort()),
    MARQUEE_HOST: '127.0.0.1',
    MARQUEE_DATA: join(folder, 'unused'),
    ...env,
  })

/** One line that is ours, nothing like a stack trace, exit code 1. */
function expectOneLine({ code, output }: Ended, saying: RegExp): void {
  const lines = output.split('\n').filter((line) => /^marquee:|^Marquee needs/.test(line))
  expect(lines, output).toHaveLength(1)
  expect(lines[0]).toMatch(saying)
  expect(output).not.toMatch(/^\s+at /m)
  expect(code).toBe(1)
}

async function listening(onConnect: () => void = () => {}): Promise<string> {
  const server = createServer(onConnect)
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return String(typeof address === 'object' && address ? address.port : 0)
}

describe('a start that cannot be ends in one line that says what to do', () => {
  it('when a setting makes no sense', async () => {
    expectOneLine(await start({ PORT: 'abc' }), /PORT is "abc"/)
    expectOneLine(await start({ BOOKING_HOLD_MINUTES: 'soon' }), /BOOKING_HOLD_MINUTES.*soon/)
  })
  it('when half of what a payment provider needs is given', async () => {
    expectOneLine(
      await start({ PAYMENTS_SANDBOX_URL: 'http://127.0.0.1:9' }),
      /PAYMENTS_SANDBOX_URL is given without PAYMENTS_SANDBOX_SECRET/,
    )
    expectOneLine(
      await start({ PAYMENTS_SANDBOX_SECRET: 'long enough for a secret' }),
      /PAYMENTS_SANDBOX_SECRET is given without PAYMENTS_SANDBOX_URL/,
    )
  }, 60_000)
  it('when it was to be a part that nobody could ask', async () => {
    const alone = await runMarquee(['start', '--services=booking,payments'], {
      MARQUEE_DATA: join(folder, 'unused'),
    })
    expectOneLine(alone, /booking, payments.*MARQUEE_SERVICE_PORT/)
  })
  it('when the demo was to be put into data of production', async () => {
    const data = join(folder, 'unused')
    expectOneLine(
      await runMarquee(['seed'], { NODE_ENV: 'production', MARQUEE_DATA: data }),
      /password everybody knows.*NODE_ENV=production/,
    )
  }, 60_000)
  it('when another program has the port', async () => {
    const port = await listening()
    expectOneLine(
      await start({ PORT: port, MARQUEE_DATA: join(folder, 'ports') }),
      RegExp(`port ${port} is taken.* PORT=`),
    )
  }, 60_000)
  it('when another program has the operations port', async () => {
    const port = await listening()
    expectOneLine(
      await start({ MARQUEE_OPS_PORT: port, MARQUEE_DATA: join(folder, 'ops') }),
      RegExp(`port ${port} is taken.*MARQUEE_OPS_PORT=`),
    )
  }, 60_000)
  it('when the data belong to a Marquee that runs', async () => {
    expectOneLine(await start({ MARQUEE_DATA: open.data }), /in use|already|another Marquee/i)
    expect((await client(open.origin)('GET', '/health/ready')).status).toBe(200)
  })
  it('when PostgreSQL does not answer', async () => {
    const nobody = await ownPort()
    expectOneLine(
      await start({
        DATABASE_URL: `postgres://marquee:secret@127.0.0.1:${nobody}/marquee`,
        MARQUEE_DATA: join(folder, 'silent'),
      }),
      /DATABASE_URL|PostgreSQL/,
    )
  })
  it('when PostgreSQL takes the call and says nothing', async () => {
    const silent = await listening()
    const ended = await start({
      DATABASE_URL: `postgres://marquee:secret@127.0.0.1:${silent}/marquee`,
      MARQUEE_DATA: join(folder, 'silent'),
    })
    expectOneLine(ended, /DATABASE_URL|PostgreSQL/)
    expect(ended.output).not.toContain('secret@')
  }, 60_000)
  it('when the folder for its data cannot be written', async () => {
    expectOneLine(await startWhereForbidden(), /cannot be written|MARQUEE_DATA/)
  })
  it('when it was to be many processes, and then nothing of it goes on running', async () => {
    const data = join(folder, 'cluster')
    const ended = await runMarquee(['cluster'], {
      PORT: String(await ownPort()),
      MARQUEE_HOST: '127.0.0.1',
      MARQUEE_DATA: data,
      BOOKING_HOLD_MINUTES: 'soon',
    })
    expectOneLine(ended, /BOOKING_HOLD_MINUTES.*soon/)
    const found = spawnSync('find', [data, '-name', 'postmaster.pid'], { encoding: 'utf8' })
    expect(found.stdout).toBe('')
  }, 60_000)
  it.runIf(oldNode())('when Node is too old', () => {
    const { status, stdout, stderr } = spawnSync('/usr/bin/node', [program, 'start'], { encoding: 'utf8' })
    expectOneLine({ code: status, output: stdout + stderr }, /needs Node 26/)
  })
})

it('takes up PostgreSQL again after it was killed, with everything in it', async () => {
  const { items } = await made<{ items: { id: string }[] }>(client(open.origin)('GET', '/api/shows?limit=5'))
  // Each by itself: a start puts on another show when none begins soon.
  const shows = ({ origin }: Marquee) =>
    Promise.all(items.map(({ id }) => made(client(origin)('GET', `/api/shows/${id}`))))
  const before = await shows(open)
  expect(before).toHaveLength(5)
  const { pid: running } = postmasterOf(open)
  await open.kill()
  process.kill(running, 0)
  const began = performance.now()
  open = await open.restart()
  console.log(`second start, PostgreSQL adopted: ${((performance.now() - began) / 1000).toFixed(1)} s`)
  expect(postmasterOf(open).pid).toBe(running)
  expect(await shows(open)).toEqual(before)
  await open.stop()
  const again = performance.now()
  open = await open.restart()
  console.log(`start after a gentle stop: ${((performance.now() - again) / 1000).toFixed(1)} s`)
  expect(await shows(open)).toEqual(before)
}, 60_000)

it('knows from its first answer on which sessions had ended', async () => {
  const bob = await person(open.origin, 'bob@marquee.example')
  const { token } = bob
  expect((await bob('POST', '/api/auth/logout', { body: {} })).status).toBe(204)
  await open.stop()
  open = await open.restart()
  const answer = await client(open.origin, { authorization: `Bearer ${token}` })('GET', '/api/me')
  expect(answer.status).toBe(401)
}, 60_000)

it('opens data of a demo in production once nobody has the password everybody knows', async () => {
  await open.stop()
  expectOneLine(
    await start({ NODE_ENV: 'production', MARQUEE_DATA: open.data }),
    /password of admin@marquee\.example, owner@marquee\.example, .*MARQUEE_DEMO=0/,
  )
  open = await open.restart({ MARQUEE_DEMO: '0' })
  for (const name of ['admin', 'owner', 'staff', 'alice', 'bob']) {
    const ask = await person(open.origin, `${name}@marquee.example`)
    const body = { current: 'marquee-demo', password: 'a password of their own' }
    expect((await ask('PUT', '/api/me/password', { body })).status).toBe(204)
  }
  await open.stop()
  open = await open.restart({ NODE_ENV: 'production' })
  expect((await client(open.origin)('GET', '/health/ready')).status).toBe(200)
}, 120_000)

describe('stop', () => {
  it('leaves a program alone that has the number of a sandbox that is gone', async () => {
    const data = join(folder, 'gone')
    await mkdir(data)
    const other = spawn('sleep', ['600'])
    const url = `http://127.0.0.1:${await ownPort()}`
    await writeFile(join(data, 'sandbox.json'), JSON.stringify({ pid: other.pid, url, secret: 'forgotten' }))
    expect(await runMarquee(['stop'], { MARQUEE_DATA: data })).toMatchObject({ code: 0 })
    expect(other.signalCode).toBeNull()
    other.kill()
  }, 60_000)
  it('ends the sandbox', async () => {
    const { url } = JSON.parse(await readFile(join(open.data, 'sandbox.json'), 'utf8'))
    expect((await client(url)('GET', '/health')).status).toBe(200)
    await open.stop()
    expect(await runMarquee(['stop'], { MARQUEE_DATA: open.data })).toMatchObject({ code: 0 })
    await expect.poll(() => client(url)('GET', '/health').catch(() => 'gone')).toBe('gone')
  }, 60_000)
})

function oldNode(): boolean {
  const { stdout, status } = spawnSync('/usr/bin/node', ['--version'], { encoding: 'utf8' })
  return status === 0 && Number(/^v(\d+)/.exec(stdout)?.[1]) < 26
}

/** As nobody where we are root, to whom nothing is forbidden. */
async function startWhereForbidden(): Promise<Ended> {
  const forbidden = join(folder, 'forbidden')
  await mkdir(forbidden)
  await chmod(forbidden, 0o555)
  await chmod(folder, 0o755)
  const env = {
    ...process.env,
    PORT: String(await ownPort()),
    MARQUEE_OPS_PORT: String(await ownPort()),
    MARQUEE_DATA: join(forbidden, 'data'),
    HOME: '/nonexistent',
  }
  const root = process.getuid?.() === 0
  const command = root ? 'setpriv' : process.execPath
  const asNobody = ['--reuid=nobody', '--regid=nogroup', '--clear-groups', process.execPath]
  const child = spawn(command, [...(root ? asNobody : []), program, 'start'], {
    env,
    cwd: dirname(program),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const [code] = await once(child, 'exit')
  return { code, output }
}
