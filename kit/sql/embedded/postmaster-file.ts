import { readFileSync, writeFileSync } from 'node:fs'
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

// Larger than any system numbers its processes.
const nobody = String(2 ** 31 - 2)

/**
 * Takes the process id out of the lock files of a dead server. The rest stays: by it PostgreSQL finds out whether
 * something of that server still uses the data.
 */
export function disownLocks({ cluster, sockets }: { cluster: string; sockets: string }, port: number): void {
  for (const file of [join(cluster, 'postmaster.pid'), join(sockets, `.s.PGSQL.${port}.lock`)])
    try {
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, nobody))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
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
