import { readFileSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'

/** How far PostgreSQL stands back behind those it works for, as `nice` counts. */
const behind = 10
const lookEveryMilliseconds = 250

/**
 * Lets a server that was just started, and every process it will start, stand back behind ours. Both want the same cores: a
 * process of PostgreSQL that goes first whenever it is asked something keeps everybody else waiting for an answer.
 */
export function standBack(server: number): void {
  try {
    setPriority(server, behind)
  } catch {
    // Gone again, or a system where nobody may: it is as fast as without.
  }
}

/**
 * Where Linux deals out time by session (`sched_autogroup`), `nice` says nothing between sessions, and each process of
 * PostgreSQL is one of its own: they are told one by one, whenever there are new ones. Returns what ends it.
 */
export function keepBack(server: () => number): () => void {
  if (!isBySession()) return () => {}
  const told = new Set<number>()
  const tell = () => {
    const living = childrenOf(server())
    for (const pid of told) if (!living.includes(pid)) told.delete(pid)
    for (const pid of living) {
      if (told.has(pid)) continue
      // Who is not root may tell ten a second; the others at the next look.
      if (!setGroup(pid)) return
      told.add(pid)
    }
  }
  const timer = setInterval(tell, lookEveryMilliseconds)
  timer.unref()
  tell()
  return () => clearInterval(timer)
}

const isBySession = () => read('/proc/sys/kernel/sched_autogroup_enabled').trim() === '1'

const childrenOf = (pid: number) =>
  read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)

function setGroup(pid: number): boolean {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(behind))
    return true
  } catch (error) {
    // Of one that is gone, or that we may not tell, there is nothing more to say.
    return (error as NodeJS.ErrnoException).code !== 'EAGAIN'
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // No such file: another system, or a process that is gone.
    return ''
  }
}
