import { guarded } from '@marquee/kit/resilience'
import type { Metrics } from '@marquee/kit/telemetry'
import { z } from 'zod'

/** Why OMDb gave no answer about a film. */
export class OmdbError extends Error {
  readonly code: 'quota' | 'refused' | 'key' | 'unwell'
  readonly retryAfterSeconds: number
  constructor(
    code: OmdbError['code'],
    message: string,
    more: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: more.cause })
    this.name = 'OmdbError'
    this.code = code
    this.retryAfterSeconds = more.retryAfterSeconds ?? 30
  }
}

export type OmdbAnswer = { found: boolean; answer: Record<string, unknown> }
export type OmdbClient = (imdbId: string) => Promise<OmdbAnswer>

const mostBytes = 256 * 1024
const Body = z.looseObject({
  Response: z.enum(['True', 'False']),
  Error: z.string().optional(),
  imdbID: z.string().optional(),
})

/**
 * Asks OMDb about a film. Every try is counted with `spend` before it is made; a question changes nothing there, so
 * that failures may be asked again. Throws an `OmdbError`, or a `GuardError` when it is left alone.
 */
export function createOmdbClient(options: {
  url: string
  /** Asked for each question: keys change. */
  key: () => string
  tryMilliseconds: number
  /** Takes one request off the day's; throws an `OmdbError` when none is left. */
  spend: () => Promise<void>
  metrics: Metrics
}): OmdbClient {
  const { url, key, tryMilliseconds, spend, metrics } = options
  return guarded<[imdbId: string], OmdbAnswer>(
    {
      name: 'omdb.film',
      deadlineMilliseconds: Math.min(14_000, tryMilliseconds * 3),
      atOnce: { calls: 4, waiting: 32 },
      retry: { times: 2, safe: () => true, firstPauseMilliseconds: 100 },
      breaker: { failures: 6, restMilliseconds: 30_000 },
      isFailure: (error) => !(error instanceof OmdbError) || error.code === 'unwell',
      metrics,
    },
    async (signal, imdbId) => {
      await spend()
      const asked = new URL(url)
      asked.search = new URLSearchParams({ i: imdbId, apikey: key(), plot: 'full', r: 'json' }).toString()
      const within = AbortSignal.any([signal, AbortSignal.timeout(tryMilliseconds)])
      try {
        const response = await fetch(asked, { signal: within, redirect: 'error' })
        return judge(imdbId, response.status, await readText(response))
      } catch (error) {
        if (error instanceof OmdbError) throw error
        throw new OmdbError('unwell', 'OMDb gave no answer', { cause: error })
      }
    },
  )
}

function judge(imdbId: string, status: number, text: string): OmdbAnswer {
  const body = Body.safeParse(parseJson(text))
  if (!body.success) throw new OmdbError('unwell', `OMDb answered ${status} and not in its format`)
  const answer = body.data
  const complaint = answer.Error ?? ''
  if (/limit reached/i.test(complaint))
    throw new OmdbError('refused', 'OMDb says that the limit is reached', { retryAfterSeconds: 3600 })
  if (/api key/i.test(complaint)) throw new OmdbError('key', 'OMDb refuses the key')
  if (status >= 300) throw new OmdbError('unwell', `OMDb answered ${status}`)
  if (answer.Response === 'True') {
    if (answer.imdbID !== imdbId) throw new OmdbError('unwell', 'OMDb answered about another film')
    return { found: true, answer }
  }
  // Its two ways of saying that it knows no such film.
  if (/incorrect imdb id|not found|error getting data/i.test(complaint)) return { found: false, answer }
  throw new OmdbError('unwell', 'OMDb refused without a known reason')
}

function parseJson(text: string): unknown {
  try {
    // jsonb refuses NUL and half a surrogate pair.
    return JSON.parse(text, (_key, value) =>
      typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value,
    )
  } catch {
    // Judged as an answer that is not in OMDb's format.
    return undefined
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > mostBytes) throw new OmdbError('unwell', 'OMDb answered more than a film needs')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
