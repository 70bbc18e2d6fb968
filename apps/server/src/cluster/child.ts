import cluster, { type Worker } from 'node:cluster'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const marquee = fileURLToPath(new URL('../../bin/marquee.mjs', import.meta.url))
const openLine = 'Marquee is open'
const firstPause = 250
const longestPause = 10_000
const healthyAfter = 30_000
const longestOpening = 60_000
// Longer than a part needs by its own clock, the longest notice included.
const longestDraining = 40_000

export type Child = {
  name: string
  services: readonly string[]
  /** Resolves when it first says that it is open, however often it had to be started for that. */
  open: Promise<void>
  pid: () => number | undefined
  /**
   * Starts another beside it, on the same ports, and ends it gently once the other is open. When the other does not
   * open, it goes on as it was and this throws.
   */
  replace: () => Promise<void>
  /** Ends it gently and for good. */
  stop: () => Promise<void>
}

/** One life of a part. */
type Run = { worker: Worker; began: number; open: Promise<void>; ended: Promise<number | string | null> }

export type ChildOptions = {
  name: string
  services: readonly string[]
  env: NodeJS.ProcessEnv
  /** Takes every line that it writes. */
  say: (line: string) => void
  /** What it runs; Marquee itself unless told. */
  program?: string
}

/**
 * One process of the cluster: started again when it dies, sooner the longer it had lived. Its ports are this process's,
 * which hands out their connections in turn among those that listen, so that two generations can share them.
 */
export function startChild({ name, services, env, say, program = marquee }: ChildOptions): Child {
  const runs = new Set<Run>()
  let stopping = false
  let wait = firstPause
  const everOpen = Promise.withResolvers<void>()
  let current = start()
  keep(current)

  return {
    name,
    services,
    open: everOpen.promise,
    pid: () => current.worker.process.pid,
    async replace() {
      if (stopping) throw new Error(`${name} is being stopped`)
      const next = start()
      const isOpen = await Promise.race([
        next.open.then(() => true),
        next.ended.then(() => false),
        pause(longestOpening, false, { ref: false }),
      ])
      if (!isOpen) {
        next.worker.process.kill('SIGKILL')
        throw new Error(`the new ${name} did not open; the one before goes on`)
      }
      // It was ended with the others.
      if (stopping) throw new Error(`${name} is being stopped`)
      const old = current
      current = next
      keep(next)
      await end(old)
    },
    async stop() {
      stopping = true
      await Promise.all([...runs].map(end))
    },
  }

  /** Starts it again when it dies by itself, unless another has taken its place. */
  function keep(run: Run): void {
    run.ended.then(async (code) => {
      if (stopping || run !== current) return
      if (performance.now() - run.began > healthyAfter) wait = firstPause
      say(`ended with ${code}; starting it again`)
      const next = await startAgain(run)
      if (!next) return
      current = next
      keep(next)
    })
  }

  /** Undefined once another has taken its place, or none is wanted any more. */
  async function startAgain(run: Run): Promise<Run | undefined> {
    for (;;) {
      await pause(wait)
      wait = Math.min(longestPause, wait * 2)
      if (stopping || run !== current) return undefined
      try {
        return start()
      } catch (error) {
        // A machine may be out of memory for a moment.
        say(`cannot be started: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }

  async function end({ worker, ended }: Run): Promise<void> {
    worker.process.kill('SIGTERM')
    const cut = setTimeout(() => worker.process.kill('SIGKILL'), longestDraining)
    await ended
    clearTimeout(cut)
  }

  function start(): Run {
    cluster.setupPrimary({ exec: program, args: ['start'], silent: true })
    const worker = cluster.fork(env)
    // It is told below; unheard here, it would end this process and all others with it.
    worker.on('error', () => {})
    const opened = Promise.withResolvers<void>()
    for (const stream of [worker.process.stdout, worker.process.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        if (line.startsWith(openLine)) opened.resolve()
        say(line)
      })
    }
    const ended = new Promise<number | string | null>((resolve) => {
      worker.process.once('error', (error) => resolve(error.message))
      worker.process.once('exit', (code, signal) => resolve(code ?? signal))
    })
    opened.promise.then(everOpen.resolve)
    const run = { worker, began: performance.now(), open: opened.promise, ended }
    runs.add(run)
    ended.finally(() => runs.delete(run))
    return run
  }
}
