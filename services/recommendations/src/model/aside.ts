import { Worker } from 'node:worker_threads'
import type { Evaluation } from './evaluate.ts'
import type { Histories } from './histories.ts'
import type { Neighbours } from './neighbours.ts'

export type Task =
  | { kind: 'neighbours'; histories: Histories }
  | { kind: 'evaluate'; histories: Histories; picks: number }

/** Computes in a thread of its own, so that nobody waits for it meanwhile. */
export type Aside = {
  neighbours: (histories: Histories) => Promise<Neighbours>
  evaluate: (histories: Histories, picks: number) => Promise<Evaluation>
  /** Ends what is under way. */
  stop: () => Promise<void>
}

export function createAside(): Aside {
  const running = new Set<Worker>()

  async function run(task: Task): Promise<unknown> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task })
    running.add(worker)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the computation was ended')))
    try {
      return await promise
    } finally {
      running.delete(worker)
      await worker.terminate()
    }
  }

  return {
    neighbours: async (histories) => (await run({ kind: 'neighbours', histories })) as Neighbours,
    evaluate: async (histories, picks) => (await run({ kind: 'evaluate', histories, picks })) as Evaluation,
    stop: async () => {
      await Promise.all([...running].map((worker) => worker.terminate()))
    },
  }
}
