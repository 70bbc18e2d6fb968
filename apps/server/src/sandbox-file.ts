import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Sandbox = z.object({ pid: z.int(), url: z.string(), secret: z.string() })
export type Sandbox = z.infer<typeof Sandbox>

/** Where a data directory remembers its sandbox provider, and where that keeps its book. */
export const sandboxFile = (data: string): string => join(data, 'sandbox.json')
export const sandboxBook = (data: string): string => join(data, 'sandbox')

/** The sandbox provider started last on these data; whether it runs is another question. */
export function readSandbox(data: string): Sandbox | undefined {
  try {
    return Sandbox.parse(JSON.parse(readFileSync(sandboxFile(data), 'utf8')))
  } catch {
    // None was started here yet.
    return undefined
  }
}

/** Whether its process is there, answering or not yet. Off Linux another may be taken for it. */
export function isRunning({ pid }: Sandbox, data: string): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    // It ended, or it is not ours to ask.
    return false
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(sandboxBook(data))
  } catch {
    // Only Linux tells.
    return true
  }
}
