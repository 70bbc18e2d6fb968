import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '@marquee/kit/service'
import { z } from 'zod'
import { startDetached } from './detached.ts'
import { Fatal } from './fatal.ts'

/** Where a data directory remembers its sandbox provider. */
export const sandboxFile = 'sandbox.json'

const program = fileURLToPath(new URL('../../sandbox/src/main.ts', import.meta.url))
const Running = z.object({ pid: z.int(), url: z.string(), secret: z.string() })
export type Sandbox = z.infer<typeof Running>

/**
 * The sandbox payment provider of a data directory: the one that runs, or a new one on the same book. It is a
 * program of its own and outlives us, as a real provider would.
 */
export async function ensureSandbox({
  data,
  webhookUrl,
}: {
  data: string
  webhookUrl: string
}): Promise<Sandbox> {
  const file = join(data, sandboxFile)
  const known = read(file)
  if (known && (await answers(known))) return tellWhere(known, webhookUrl)
  const port = await freePort()
  const secret = known?.secret ?? randomBytes(24).toString('base64url')
  const book = join(data, 'sandbox')
  makeFolder(book)
  const pid = startDetached({
    program: process.execPath,
    args: [
      program,
      '--port',
      String(port),
      '--data',
      book,
      '--webhook-url',
      webhookUrl,
      ...(process.env.MARQUEE_SANDBOX_TEST === '1' ? ['--test'] : []),
    ],
    logFile: join(data, 'sandbox.log'),
    env: { ...process.env, SANDBOX_SECRET: secret },
  })
  const sandbox = { pid, url: `http://127.0.0.1:${port}`, secret }
  for (let tries = 0; tries < 100; tries++) {
    if (await answers(sandbox)) {
      writeFileSync(file, JSON.stringify(sandbox), { mode: 0o600 })
      return sandbox
    }
    await delay(50)
  }
  throw new Fatal(
    'sandbox-failed',
    `the sandbox payment provider does not answer; ${join(data, 'sandbox.log')} says why`,
  )
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new Fatal(
      'data-not-writable',
      `${folder} cannot be written by this user; choose another place with MARQUEE_DATA=…`,
      { cause },
    )
  }
}

function read(file: string): Sandbox | undefined {
  try {
    return Running.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // None was started here yet.
    return undefined
  }
}

async function answers({ url, secret }: Sandbox): Promise<boolean> {
  try {
    return (await fetch(`${url}/v1/book?limit=1`, { headers: { authorization: `Bearer ${secret}` } })).ok
  } catch {
    // Not listening (any more).
    return false
  }
}

/** The site may have moved to another port since. */
async function tellWhere(sandbox: Sandbox, webhookUrl: string): Promise<Sandbox> {
  await fetch(`${sandbox.url}/v1/webhook`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${sandbox.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: webhookUrl }),
  })
  return sandbox
}
