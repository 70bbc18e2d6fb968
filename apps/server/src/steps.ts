export type Steps = {
  /** Says what is being done, does it, and says how long it took. */
  do<T>(label: string, work: () => Promise<T>): Promise<T>
  /** Whole seconds since the process began, never fewer than somebody waited. */
  seconds(): number
}

type Out = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>

/** Milliseconds since the process began: its modules are read before anything here runs, and that is waited for too. */
const sinceStart = () => performance.now()

/** One progress line a step: rewritten in a terminal, plain where the output goes to a file. */
export function createSteps(out: Out, now: () => number = sinceStart): Steps {
  return {
    async do(label, work) {
      const start = now()
      if (out.isTTY) out.write(`  ${label} …`)
      const result = await work()
      const took = ((now() - start) / 1000).toFixed(1)
      out.write(out.isTTY ? `\r  ${label} (${took} s)\n` : `  ${label} (${took} s)\n`)
      return result
    },
    seconds: () => Math.ceil(now() / 1000),
  }
}

/** For a process among many, whose one line is that it is open. */
export function silentSteps(now: () => number = sinceStart): Steps {
  return { do: (_label, work) => work(), seconds: () => Math.ceil(now() / 1000) }
}
