import { type ChildProcess, spawn } from 'node:child_process'
import { surroundings } from './surroundings.ts'

/** A program that may die and be started again. */
export type Program = {
  /** Resolves when it says that it is open. */
  start: (more?: Record<string, string>) => Promise<void>
  /** Resolves when it is gone. */
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>
  /** Sends a signal and waits for nothing. */
  signal: (signal: NodeJS.Signals) => void
  pid: () => number
  isRunning: () => boolean
  /** Resolves when the one that runs now is gone. */
  exited: () => Promise<void>
  /** The last of what it wrote. */
  output: () => string
}

type Options = {
  args: readonly string[]
  env: Record<string, string>
  isOpen: RegExp
  onExit?: () => void
}

const longestOutput = 40_000
const longestStart = 60_000

export function startProgram({ args, env, isOpen, onExit = () => {} }: Options): Program {
  let child: ChildProcess | undefined
  let gone: Promise<void> = Promise.resolve()
  let output = ''
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null

  return {
    async start(more = {}) {
      if (isRunning()) throw new Error('it runs already')
      const started = spawn(process.execPath, args, {
        env: { ...surroundings(), ...env, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = started
      const exit = Promise.withResolvers<void>()
      gone = exit.promise
      started.once('exit', () => {
        onExit()
        exit.resolve()
      })
      let said = ''
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`did not open in time:\n${said}`)), longestStart)
        const read = (chunk: Buffer) => {
          said = (said + chunk).slice(-longestOutput)
          output = (output + chunk).slice(-longestOutput)
          if (isOpen.test(said)) resolve()
        }
        started.stdout.on('data', read)
        started.stderr.on('data', read)
        gone.then(() => reject(new Error(`ended instead of opening:\n${said}`)))
        exit.promise.finally(() => clearTimeout(late))
      })
    },
    async end(signal) {
      if (isRunning()) child?.kill(signal)
      // One that is stopped hears nothing else.
      if (isRunning()) child?.kill('SIGCONT')
      await gone
    },
    signal: (signal) => void (isRunning() && child?.kill(signal)),
    pid: () => child?.pid ?? 0,
    isRunning,
    exited: () => gone,
    output: () => output,
  }
}
