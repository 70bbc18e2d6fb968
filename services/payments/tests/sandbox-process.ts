import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../apps/sandbox/src/main.ts', import.meta.url))
export const secret = 'sandbox-secret-for-tests'

export type Behaviour = {
  delayMs?: number
  answers?: 'normal' | 'drop' | 'never' | 'refuse'
  webhooks?: 'normal' | 'first' | 'twice' | 'held'
}
type BookEntry = { kind: string; reference: string; amount: number; payment: string }

/** The real sandbox provider, as a process of its own on a book of its own. */
export async function runSandbox({ lateMs = 50 }: { lateMs?: number } = {}) {
  const data = await mkdtemp(join(tmpdir(), 'sandbox-test-'))
  let child = spawnOn('0')
  let url = await child.open
  let current = secret

  function spawnOn(port: string, SANDBOX_SECRET = secret) {
    const args = [program, '--port', port, '--data', data, '--test', '--late-ms', String(lateMs)]
    const started = spawn(process.execPath, args, {
      env: { ...process.env, SANDBOX_SECRET },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = new Promise<void>((resolve) => started.once('exit', () => resolve()))
    const open = new Promise<string>((resolve, reject) => {
      let said = ''
      const read = (chunk: Buffer) => {
        said += chunk
        const found = /open at (\S+)/.exec(said)?.[1]
        if (found) resolve(found)
      }
      started.stdout.on('data', read)
      started.stderr.on('data', read)
      ended.then(() => reject(new Error(`the sandbox ended: ${said}`)))
    })
    return { started, ended, open }
  }

  async function ask(method: string, path: string, body?: object, key = 'none') {
    const response = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(path === '/test/all-heard' ? 20_000 : 1000),
      headers: {
        authorization: `Bearer ${current}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, body: (await response.json()) as { data?: BookEntry[] } }
  }

  return {
    url: () => url,
    ask,
    tellAt: (webhookUrl: string) => ask('PUT', '/v1/webhook', { url: webhookUrl }),
    behave: (behaviour: Behaviour) => ask('PUT', '/test/behaviour', behaviour),
    /** Once the merchant has heard everything. */
    allHeard: () => ask('GET', '/test/all-heard'),
    book: async () => (await ask('GET', '/v1/book?limit=5000')).body.data ?? [],
    /** A browser on the 3-D Secure page presses a button; answers where it is sent. */
    async press(challengeUrl: string, answer: 'approve' | 'decline') {
      const response = await fetch(challengeUrl, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ answer }),
      })
      return response.headers.get('location')
    },
    async kill() {
      child.started.kill('SIGKILL')
      await child.ended
    },
    async startAgain(withSecret = secret) {
      child = spawnOn(new URL(url).port, withSecret)
      url = await child.open
      current = withSecret
    },
    async stop() {
      child.started.kill('SIGKILL')
      await child.ended
      await rm(data, { recursive: true, force: true })
    },
  }
}
