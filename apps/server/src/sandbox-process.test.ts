import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readSandbox } from './sandbox-file.ts'
import { ensureSandbox } from './sandbox-process.ts'

const webhookUrl = 'http://127.0.0.1:9/webhook'
const sandbox = new URL('../../sandbox/src/', import.meta.url).href

let data: string
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'marquee-sandbox-'))
})
afterEach(async () => {
  const last = readSandbox(data)
  if (last) process.kill(last.pid, 'SIGTERM')
  await rm(data, { recursive: true, force: true })
})

it('a start that finds the sandbox of an interrupted one still opening waits for it', async () => {
  const interrupted = ensureSandbox({ data, webhookUrl })
  await vi.waitFor(() => expect(existsSync(join(data, 'sandbox', 'sandbox.lock'))).toBe(true), {
    timeout: 10_000,
    interval: 5,
  })
  const next = await ensureSandbox({ data, webhookUrl })
  expect(next).toEqual(await interrupted)
})

it('a sandbox that took too long to answer does not keep the book from the next', async () => {
  const slow = join(data, 'slow.ts')
  await writeFile(
    slow,
    `import { lockData } from '${sandbox}data-lock.ts'
     lockData(process.argv[process.argv.indexOf('--data') + 1])
     setTimeout(() => {}, 60_000)`,
  )
  await expect(ensureSandbox({ data, webhookUrl, program: slow, patience: 1500 })).rejects.toThrow(
    /does not answer/,
  )
  const { url } = await ensureSandbox({ data, webhookUrl })
  expect((await fetch(`${url}/health`)).status).toBe(200)
})
