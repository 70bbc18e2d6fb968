import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export type DataLock = { isOurs: () => boolean; release: () => void }

/** Keeps a second sandbox off the same book; a lock left by a killed one is taken over. */
export function lockData(folder: string): DataLock {
  const path = join(folder, 'sandbox.lock')
  const owner = ownerOf(path)
  if (owner !== undefined && isAlive(owner))
    throw new Error(`the sandbox with process id ${owner} already keeps its book in ${folder}`)
  rmSync(path, { force: true })
  const file = openSync(path, 'wx')
  writeSync(file, String(process.pid))
  closeSync(file)
  return {
    isOurs: () => ownerOf(path) === process.pid,
    release: () => rmSync(path, { force: true }),
  }
}

function ownerOf(path: string): number | undefined {
  try {
    return Number(readFileSync(path, 'utf8')) || undefined
  } catch {
    // Nobody holds it.
    return undefined
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return isSandbox(pid)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** After a restart of the machine the number may be somebody else's; only Linux tells. */
function isSandbox(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sandbox')
  } catch {
    return true
  }
}
