import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { SqlError } from '../sql-error.ts'
import type { Binaries } from './binaries.ts'
import type { Layout } from './layout.ts'
import { isPostgres } from './postmaster-file.ts'
import { standBack } from './priority.ts'
import { spawnPlace } from './spawn-place.ts'

const longestLog = 16 * 1024 * 1024

/** Starts the server program; it outlives us, so that no signal meant for us reaches it. */
export function spawnServer(
  layout: Layout,
  binaries: Binaries,
  settings: readonly string[],
): { pid: number; gone: () => boolean } {
  if (statSync(layout.log).size > longestLog) renameSync(layout.log, `${layout.log}.1`)
  const log = openSync(layout.log, 'a', 0o600)
  const place = spawnPlace(layout.cluster, layout.user)
  const child = spawn(binaries.postgres, ['-D', place.path, ...settings], {
    ...place.options,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  if (child.pid !== undefined) standBack(child.pid)
  let failed = false
  child.on('error', () => {
    failed = true
  })
  return { pid: child.pid ?? 0, gone: () => failed || child.exitCode !== null || child.signalCode !== null }
}

/** Fast shutdown: ends connections, writes a checkpoint, exits. Resolves when the process is gone. */
export async function stopServer(pid: number, patience = 30_000): Promise<void> {
  const deadline = performance.now() + patience
  signal(pid, 'SIGINT')
  while (isPostgres(pid)) {
    // Recovery will put right what an immediate shutdown leaves.
    if (performance.now() > deadline) signal(pid, 'SIGQUIT')
    await delay(10)
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone already, which is what we want.
  }
}

/** The error of a server that ended instead of answering, with its last word. */
export function serverFailed(layout: Layout): SqlError {
  const lines = readFileSync(layout.log, 'utf8').slice(-8_000).trim().split('\n')
  const fatal = lines.findLast((line) => /FATAL|PANIC|could not|error while/.test(line)) ?? lines.at(-1) ?? ''
  const said = fatal.replace(/^.*?(FATAL|PANIC): +/, '')
  return new SqlError('server-failed', `PostgreSQL did not start: ${said} (see ${layout.log})`)
}
