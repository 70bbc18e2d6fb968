import type { Database } from '@marquee/kit/sql'
import type { RecommendationsMetrics } from './metrics.ts'
import type { Aside } from './model/aside.ts'
import { noteBuilt, readHistories, readModel, writeNeighbours } from './model-store.ts'

type Deps = { db: Database; aside: Aside; restSeconds: number; metrics: RecommendationsMetrics }

/**
 * Computes everybody's neighbours anew once enough changed; answers whether it did. Whoever is ended meanwhile noted
 * nothing, and the next begins anew.
 */
export function createRefreshNeighbours({ db, aside, restSeconds, metrics }: Deps) {
  return async (stopping: AbortSignal): Promise<boolean> => {
    const { changes, isDue } = await readModel(db, restSeconds)
    if (!isDue) return false
    const began = performance.now()
    const { histories, filmIds } = await readHistories(db, stopping)
    const neighbours = await aside.neighbours(histories, stopping)
    await writeNeighbours(db, { filmIds, neighbours }, stopping)
    const tookMilliseconds = performance.now() - began
    // Changes that came meanwhile are the next one's, though some are in it already.
    await noteBuilt(db, { changes, tookMilliseconds })
    metrics.refreshed(tookMilliseconds / 1000)
    return true
  }
}
