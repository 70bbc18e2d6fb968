import { Worker } from 'node:worker_threads'
import type { Evaluation } from './evaluate.ts'
import type { Histories } from './histories.ts'
import type { Neighbours } from './neighbours.ts'

export type Task =
  | { kind: 'neighbours'; histories: Histories }
  | { kind: 'evaluate'; histories: Histories; picks: number }

/** Computes in a thread of its own, so that nobody waits for it meanwhile. */
export type Aside = {
  /** Throws the signal's reason once nobody waits for it any more. */
  neighbours: (histories: Histories, stopping: AbortSignal) => Promise<Neighbours>
  evaluate: (histories: Histories, picks: number) => Promise<Evaluation>
  /** Ends what is under way. */
  stop: () => Promise<void>
}

export function createAside(): Aside {
  const running = new Set<Worker>()

  async function run(task: Task, stopping?: AbortSignal): Promise<unknown> {
    stopping?.throwIfAborted()
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task })
    running.add(worker)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the computation was ended')))
    const end = () => reject(stopping?.reason)
    stopping?.addEventListener('abort', end)
    try {
      return await promise
    } finally {
      stopping?.removeEventListener('abort', end)
      running.delete(worker)
      await worker.terminate()
    }
  }

  return {
    neighbours: async (histories, stopping) =>
      (await run({ kind: 'neighbours', histories }, stopping)) as Neighbours,
    evaluate: async (histories, picks) => (await run({ kind: 'evaluate', histories, picks })) as Evaluation,
    stop: async () => {
      await Promise.all([...running].map((worker) => worker.terminate()))
    },
  }
}
