import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What postmaster.pid says about the server that runs, or ran, on a cluster. */
export type Postmaster = { pid: number; port: number; sockets: string }

/** Reads postmaster.pid; undefined when it is missing or not complete yet. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  try {
    const [pid, , , port, sockets] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    if (!pid || !port || !sockets) return undefined
    return { pid: Number(pid), port: Number(port), sockets: sockets.split(',')[0]?.trim() ?? '' }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** True while any process has this id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** True while the process lives and, where the system tells, is a PostgreSQL. */
export function isPostgres(pid: number): boolean {
  if (process.platform !== 'linux') return isAlive(pid)
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // A zombie has ended; only its parent has not looked yet.
    return state.includes('(postgres) ') && !state.includes('(postgres) Z')
  } catch {
    return false
  }
}
