import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/marquee.mjs', import.meta.url))
const openLine = 'Marquee is open'
const firstPause = 250
const longestPause = 10_000
const healthyAfter = 30_000

export type Child = {
  name: string
  /** Resolves when it first says that it is open. */
  open: Promise<void>
  pid: () => number | undefined
  /** Ends it gently and for good. */
  stop: () => Promise<void>
}

/**
 * One process of the cluster: started again when it dies, sooner the longer it had lived. Every line it writes goes to
 * `say` with its name.
 */
export function startChild(name: string, env: NodeJS.ProcessEnv, say: (line: string) => void): Child {
  let child: ChildProcess | undefined
  let stopping = false
  const opened = Promise.withResolvers<void>()
  const ended = live()

  return {
    name,
    open: opened.promise,
    pid: () => child?.pid,
    async stop() {
      stopping = true
      child?.kill('SIGTERM')
      await ended
    },
  }

  async function live(): Promise<void> {
    let wait = firstPause
    while (!stopping) {
      const began = performance.now()
      const code = await run()
      if (stopping) return
      if (performance.now() - began > healthyAfter) wait = firstPause
      say(`ended with ${code}; starting it again`)
      await pause(wait)
      wait = Math.min(longestPause, wait * 2)
    }
  }

  async function run(): Promise<number | string | null> {
    const started = spawn(process.execPath, [program, 'start'], {
      env,
      // The channel carries nothing: it closes when either of us is gone.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child = started
    for (const stream of [started.stdout, started.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        if (line.startsWith(openLine)) opened.resolve()
        say(line)
      })
    }
    return new Promise((resolve) => {
      started.once('error', (error) => resolve(error.message))
      started.once('exit', (code, signal) => resolve(code ?? signal))
    })
  }
}
