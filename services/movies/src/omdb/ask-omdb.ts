import { GuardError } from '@marquee/kit/resilience'
import type { Logger, Metrics } from '@marquee/kit/telemetry'
import type { Config } from '../config.ts'
import { createOmdbClient, type OmdbAnswer, OmdbError } from './omdb-client.ts'
import type { OmdbStore } from './omdb-store.ts'

export type Asked =
  | ({ ok: true } & OmdbAnswer)
  | { ok: false; code: 'omdb-not-configured' | 'omdb-key-refused' }
  | { ok: false; code: 'omdb-quota-reached' | 'omdb-unavailable'; retryAfterSeconds: number }

type Deps = { config: Config; store: OmdbStore; log: Logger; metrics: Metrics }

/** What OMDb says of a film: from our own store when that is of today, or when OMDb gives nothing. */
export function createAskOmdb({ config, store, log, metrics }: Deps) {
  const underWay = new Map<string, Promise<Asked>>()
  const client = createOmdbClient({
    url: config.omdbUrl,
    key: () => config.omdbKey ?? '',
    tryMilliseconds: config.omdbTryMs,
    spend,
    metrics,
  })

  return {
    /** Two who want the same film share one question. */
    film(imdbId: string): Promise<Asked> {
      const running = underWay.get(imdbId)
      if (running) return running
      const asking = fromStoreOrOmdb(imdbId).finally(() => underWay.delete(imdbId))
      underWay.set(imdbId, asking)
      return asking
    },
    /** Asks OMDb whatever is kept; the answer is kept once `applied` has used it, else it is asked for again. */
    again: (imdbId: string, applied: (answer: OmdbAnswer) => Promise<void>): Promise<Asked> =>
      ask(imdbId, applied),
    configured: () => config.omdbKey !== undefined,
  }

  async function fromStoreOrOmdb(imdbId: string): Promise<Asked> {
    const kept = await store.kept(imdbId)
    if (kept?.recent) return { ok: true, ...kept }
    const asked = await ask(imdbId)
    return !asked.ok && kept?.found ? { ok: true, ...kept } : asked
  }

  async function ask(imdbId: string, applied?: (answer: OmdbAnswer) => Promise<void>): Promise<Asked> {
    if (config.omdbKey === undefined) return { ok: false, code: 'omdb-not-configured' }
    try {
      const answer = await client(imdbId)
      await applied?.(answer)
      await store.keep(imdbId, answer)
      return { ok: true, ...answer }
    } catch (error) {
      if (error instanceof GuardError) return { ok: false, code: 'omdb-unavailable', retryAfterSeconds: 30 }
      if (!(error instanceof OmdbError)) throw error
      log.warn({ err: error, imdbId }, 'OMDb gave no answer')
      if (error.code === 'refused') await store.refused()
      if (error.code === 'key') return { ok: false, code: 'omdb-key-refused' }
      const code = error.code === 'unwell' ? 'omdb-unavailable' : 'omdb-quota-reached'
      return { ok: false, code, retryAfterSeconds: error.retryAfterSeconds }
    }
  }

  async function spend(): Promise<void> {
    const { ok, ...rest } = await store.spend(config.omdbDailyQuota)
    if (!ok) throw new OmdbError('quota', 'the requests of the day are used up', rest)
  }
}

export type AskOmdb = ReturnType<typeof createAskOmdb>
