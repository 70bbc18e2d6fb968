import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** Does the work while no other process does it on the same file; the lock of a process that died is taken over. */
export async function whileLocked<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (!(await taken(file))) {
    if (!(await heldByTheLiving(file))) await rm(file, { force: true })
    else await pause(100)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function taken(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function heldByTheLiving(file: string): Promise<boolean> {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''))
  // Just made and not written yet, or just removed: look again, but not for ever.
  if (!pid) return Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? 0) < 10_000
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
