import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fatal } from '../fatal.ts'

const fileIn = (data: string): string => join(data, 'cluster.pid')

/** Says in the data directory which process keeps the cluster; gives what takes that back. */
export function announceSupervisor(data: string): () => void {
  writeFileSync(fileIn(data), String(process.pid))
  return () => rmSync(fileIn(data), { force: true })
}

/** The process that keeps the cluster of this data directory. Throws `Fatal` when there is none. */
export function findSupervisor(data: string): number {
  const none = new Fatal(
    'no-cluster',
    `no cluster runs on ${data}; MARQUEE_DATA says which directory is meant`,
  )
  let pid: number
  try {
    pid = Number(readFileSync(fileIn(data), 'utf8'))
    process.kill(pid, 0)
  } catch {
    // Neither the file nor the process it names need exist.
    throw none
  }
  if (!isCluster(pid)) throw none
  return pid
}

/** A number may have passed to another program after a crash. */
function isCluster(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes('cluster')
  } catch {
    // A system without /proc cannot say; the file has to do.
    return true
  }
}
