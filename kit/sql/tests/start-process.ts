import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type Said = { pid?: number; url?: string; code?: string }

/** Runs start-server.ts and resolves with its first line; with `finish` it stops the server when its input ends. */
export async function startProcess(
  data: string,
  more: { finish?: boolean; uid?: number; gid?: number } = {},
): Promise<{ said: Said; child: ChildProcess; ended: Promise<void> }> {
  const { finish, ...who } = more
  const script = fileURLToPath(new URL('start-server.ts', import.meta.url))
  const child = spawn(process.execPath, [script, data, ...(finish ? ['finish'] : [])], {
    ...who,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  for await (const line of createInterface({ input: child.stdout }))
    return { said: JSON.parse(line) as Said, child, ended }
  throw new Error('the process ended without a word')
}
