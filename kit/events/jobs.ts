import type { Logger, Metrics } from '../telemetry/index.ts'

/** Work that is done again and again while the server runs. */
export type Job = {
  name: string
  milliseconds: number
  /** Also in processes that only answer calls: it is about this process, not about the service's data. */
  everywhere?: boolean
  work: Work
}

/**
 * What a job does. Long work ends soon after `stopping`, with what it has done whole: it returns, or throws the
 * signal's reason.
 */
type Work = (stopping: AbortSignal) => Promise<unknown>

/** Declares a job: `every('sweep-holds', { milliseconds: 500 }, sweep)`. The interval runs from end to start. */
export function every(
  name: string,
  options: { milliseconds: number; everywhere?: boolean },
  work: Work,
): Job {
  return { name, ...options, work }
}

export type JobRunner = {
  /** Starts all, or only those that run everywhere. */
  start(which?: 'everywhere'): void
  /** Runs a job now, after the run in hand if there is one, and throws what it throws. */
  runJob(name: string): Promise<void>
  /** Tells runs in hand that it stops and lets them finish; none begins after. */
  stop(): Promise<void>
}

/** Runs jobs; one never overlaps itself, and one that fails is logged, counted and run again at its time. */
export function createJobRunner(
  jobs: readonly Job[],
  { log, metrics }: { log: Logger; metrics: Metrics },
): JobRunner {
  const runs = metrics.counter('marquee_job_runs_total', 'Runs of jobs, by outcome', ['job', 'outcome'])
  const took = metrics.histogram('marquee_job_seconds', 'How long a run takes', ['job'])
  const timers = new Map<string, NodeJS.Timeout>()
  const turns = new Map<string, Promise<void>>()
  const end = new AbortController()
  const stopping = end.signal
  const wasEnded = (error: unknown) => stopping.aborted && error === stopping.reason

  async function run({ name, work }: Job): Promise<void> {
    const began = performance.now()
    try {
      await work(stopping)
      runs.inc({ job: name, outcome: 'ok' })
    } catch (error) {
      runs.inc({ job: name, outcome: wasEnded(error) ? 'ended' : 'failed' })
      throw error
    } finally {
      took.observe({ job: name }, (performance.now() - began) / 1000)
    }
  }

  function inTurn(job: Job): Promise<void> {
    const mine = (turns.get(job.name) ?? Promise.resolve()).then(() => run(job))
    turns.set(
      job.name,
      mine.catch(() => {}),
    )
    return mine
  }

  function schedule(job: Job): void {
    if (stopping.aborted) return
    const tick = () =>
      inTurn(job)
        .catch((error: unknown) => {
          if (wasEnded(error)) return
          log.error({ err: error, job: job.name }, 'a job failed; it runs again at its time')
        })
        .finally(() => schedule(job))
    timers.set(job.name, setTimeout(tick, job.milliseconds))
  }

  return {
    start(which) {
      for (const job of jobs) if (which === undefined || job.everywhere) schedule(job)
    },
    async runJob(name) {
      const job = jobs.find((one) => one.name === name)
      if (!job)
        throw new Error(`there is no job ${name}; there are ${jobs.map((one) => one.name).join(', ')}`)
      await inTurn(job)
    },
    async stop() {
      end.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(turns.values())
    },
  }
}
