import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'

export type DetachedProgram = {
  program: string
  args: readonly string[]
  logFile: string
  env?: NodeJS.ProcessEnv
}

/** Starts a program that outlives this one, its words in a file. */
export function startDetached({ program, args, logFile, env = process.env }: DetachedProgram): number {
  const log = openSync(logFile, 'a')
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], env })
  closeSync(log)
  child.unref()
  if (child.pid === undefined) throw new Error(`${program} could not be started`)
  return child.pid
}
