import { readdirSync, readFileSync } from 'node:fs'

const ticksPerSecond = 100

type Process = { pid: number; parent: number; seconds: number; name: string }

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const close = stat.lastIndexOf(')')
        const fields = stat.slice(close + 2).split(' ')
        // utime, stime and those of children it has waited for: man 5 proc.
        const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0)
        return [
          {
            pid: Number(name),
            parent: Number(fields[1]),
            seconds: ticks / ticksPerSecond,
            name: stat.slice(stat.indexOf('(') + 1, close),
          },
        ]
      } catch {
        // It ended while we were looking.
        return []
      }
    })
}

/** CPU seconds used so far by some processes and everything below them. */
export function cpuSeconds(roots: readonly number[]): number {
  return familyOf(roots).reduce((sum, one) => sum + one.seconds, 0)
}

/** CPU seconds used so far by this process, without what it started. */
export function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** These processes and everything below them. */
export const childrenOf = (roots: readonly number[]): number[] => familyOf(roots).map(({ pid }) => pid)

function familyOf(roots: readonly number[]): Process[] {
  const all = processes()
  const wanted = new Set(roots)
  for (let grew = true; grew; ) {
    grew = false
    for (const one of all)
      if (wanted.has(one.parent) && !wanted.has(one.pid)) {
        wanted.add(one.pid)
        grew = true
      }
  }
  return all.filter((one) => wanted.has(one.pid))
}
