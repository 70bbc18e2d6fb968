export type Steps = {
  /** Says what is being done, does it, and says how long it took. */
  do<T>(label: string, work: () => Promise<T>): Promise<T>
  seconds(): number
}

/** One progress line a step: rewritten in a terminal, plain where the output goes to a file. */
export function createSteps(
  out: NodeJS.WriteStream,
  now: () => number = performance.now.bind(performance),
): Steps {
  const began = now()
  return {
    async do(label, work) {
      const start = now()
      if (out.isTTY) out.write(`  ${label} …`)
      const result = await work()
      const took = ((now() - start) / 1000).toFixed(1)
      out.write(out.isTTY ? `\r  ${label} (${took} s)\n` : `  ${label} (${took} s)\n`)
      return result
    },
    seconds: () => Math.round((now() - began) / 1000),
  }
}

/** For a process among many, whose one line is that it is open. */
export function silentSteps(now: () => number = performance.now.bind(performance)): Steps {
  const began = now()
  return { do: (_label, work) => work(), seconds: () => Math.round((now() - began) / 1000) }
}
