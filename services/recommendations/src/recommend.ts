import { recommendationsPicks } from '@marquee/contracts/flags'
import type { MovieSummary, moviesContract } from '@marquee/contracts/movies'
import type { Caller, Client } from '@marquee/kit/contract'
import type { Flags } from '@marquee/kit/flags'
import { guarded } from '@marquee/kit/resilience'
import type { Reads } from '@marquee/kit/service'
import type { Logger, Metrics } from '@marquee/kit/telemetry'
import type { RecommendationsMetrics } from './metrics.ts'
import type { PickByGenre } from './pick-by-genre.ts'
import { readPicks } from './pick-view.ts'

type Deps = {
  reads: Reads
  flags: Flags
  movies: Client<(typeof moviesContract)['endpoints']>
  pickByGenre: PickByGenre
  patienceMilliseconds: number
  log: Logger
  metrics: Metrics
  counted: RecommendationsMetrics
}
export type Recommendations =
  | { ok: true; source: 'personal' | 'trending'; items: MovieSummary[] }
  | { ok: false; code: 'unavailable' }

/** Films that left the catalogue are among the picks until they are told: so many more are asked for. */
const spare = 10
/** As many films as movies shows at once. */
const mostAtOnce = 100

/** Picks for somebody: by what they rated, filled up by genre; what is trending when there are none in time. */
export function createRecommend(deps: Deps) {
  const { reads, flags, movies, pickByGenre, log, counted } = deps
  const hasOwnRow = async (caller: Caller) =>
    caller.userId !== undefined && (await flags.variantOf(recommendationsPicks, caller)) === 'personal'
  const inTime = guarded<[userId: string, caller: Caller, limit: number], MovieSummary[]>(
    {
      name: 'recommendations.personal',
      deadlineMilliseconds: deps.patienceMilliseconds,
      metrics: deps.metrics,
      fallback: (error) => {
        log.warn({ err: error }, 'picks took too long or failed; trending films are shown')
        counted.picked('fallback')
        return []
      },
    },
    (_signal, userId, caller, limit) => personal(userId, caller, limit),
  )

  return async (caller: Caller, limit: number): Promise<Recommendations> => {
    const items = (await hasOwnRow(caller)) && caller.userId ? await inTime(caller.userId, caller, limit) : []
    if (items.length > 0) return { ok: true, source: 'personal', items }
    counted.picked('trending')
    const trending = await movies.asService().attempt.trending({ limit })
    return trending.ok
      ? { ok: true, source: 'trending', items: trending.value.items }
      : { ok: false, code: 'unavailable' }
  }

  async function personal(userId: string, caller: Caller, limit: number): Promise<MovieSummary[]> {
    const ids = await readPicks(reads.for(caller), userId, Math.min(limit + spare, mostAtOnce))
    const picked =
      ids.length > 0
        ? await movies.asService().listMovies({ ids: ids.join(','), limit: mostAtOnce })
        : { items: [] }
    const items = picked.items.slice(0, limit)
    if (items.length > 0) counted.picked('ratings')
    if (items.length === limit) return items
    const have = new Set(items.map(({ id }) => id))
    const more = (await pickByGenre(userId, limit)).filter(({ id }) => !have.has(id))
    if (items.length === 0 && more.length > 0) counted.picked('genres')
    return [...items, ...more].slice(0, limit)
  }
}
export type Recommend = ReturnType<typeof createRecommend>
