import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '@marquee/kit/service'
import { startDetached } from './detached.ts'
import { Fatal } from './fatal.ts'
import { isRunning, readSandbox, type Sandbox, sandboxBook, sandboxFile } from './sandbox-file.ts'

const sandboxProgram = fileURLToPath(new URL('../../sandbox/src/main.ts', import.meta.url))
const betweenTries = 50

type Wanted = {
  data: string
  webhookUrl: string
  program?: string
  /** How long one that runs may take until it answers, in milliseconds. */
  patience?: number
}

/**
 * The sandbox payment provider of a data directory: the one that runs, or a new one on the same book. It is a
 * program of its own and outlives us, as a real provider would.
 */
export async function ensureSandbox({
  data,
  webhookUrl,
  program = sandboxProgram,
  patience = 15_000,
}: Wanted): Promise<Sandbox> {
  const known = readSandbox(data)
  if (known && (await opens(known, { data, patience }))) return tellWhere(known, webhookUrl)
  const port = await freePort()
  const secret = known?.secret ?? randomBytes(24).toString('base64url')
  const book = sandboxBook(data)
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
  // Before it answers: a start that is interrupted until then leaves it to the next.
  writeFileSync(sandboxFile(data), JSON.stringify(sandbox), { mode: 0o600 })
  if (await opens(sandbox, { data, patience })) return sandbox
  // It would keep the book from every later one.
  if (isRunning(sandbox, data)) process.kill(pid, 'SIGTERM')
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

/** Waits for one that is still opening. */
async function opens(sandbox: Sandbox, { data, patience }: { data: string; patience: number }) {
  for (let waited = 0; waited < patience; waited += betweenTries) {
    if (await answers(sandbox)) return true
    if (!isRunning(sandbox, data)) return false
    await delay(betweenTries)
  }
  return false
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
