import cluster from 'node:cluster'

export type StopGently = {
  signals: readonly NodeJS.Signals[]
  /** Done in order. */
  steps: readonly (() => Promise<void>)[]
  say: (line: string) => void
  /** How long a door stays open on purpose meanwhile, for balancers to notice; what runs has its 20 seconds after that. */
  noticeMilliseconds: number
}

const longestStop = 20_000

/**
 * On a signal: lets running work finish, step by step, and ends within 20 seconds of the notice; a second signal ends at
 * once. A part of a cluster hears its supervisor only: a terminal's Ctrl+C reaches both.
 */
export function stopGently({ signals, steps, say, noticeMilliseconds }: StopGently): void {
  let stopping = false
  const stop = async () => {
    // Whoever stops a whole cluster signals each of its parts, and so does their supervisor, which has the last word.
    if (stopping && cluster.isWorker) return
    if (stopping) process.exit(1)
    stopping = true
    const limit = setTimeout(() => {
      say('Marquee did not finish in time and ends now')
      process.exit(1)
    }, noticeMilliseconds + longestStop)
    limit.unref()
    for (const step of steps) await step()
    say('Marquee is closed')
    process.exit(0)
  }
  const begin = () => {
    stop().catch((error: unknown) => {
      say(`Marquee could not stop cleanly: ${error instanceof Error ? error.message : String(error)}`)
      process.exit(1)
    })
  }
  for (const signal of signals) process.on(signal, cluster.isWorker && signal === 'SIGINT' ? () => {} : begin)
  // A part of a cluster does not outlive it.
  process.once('disconnect', begin)
}
