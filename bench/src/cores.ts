import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { childrenOf } from './cpu.ts'

/** Whether there are cores enough to give each its own. */
export const canPin = availableParallelism() > 1

/** Lets a process and everything it started run on this core only, or on all without one. */
export function pin(pid: number, core?: number): void {
  if (!canPin) return
  const cores = core === undefined ? `0-${availableParallelism() - 1}` : String(core)
  for (const one of childrenOf([pid]))
    execFileSync('taskset', ['-acp', cores, String(one)], { stdio: 'ignore' })
}
