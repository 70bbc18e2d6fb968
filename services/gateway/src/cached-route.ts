import type { Cache } from '@marquee/kit/cache'
import {
  anonymousCaller,
  type CacheRule,
  type EndpointSpec,
  type Invoke,
  longestAnswerOf,
} from '@marquee/kit/contract'
import { within } from '@marquee/kit/resilience'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Stored, spareBytes, store } from './compress.ts'
import { inContext } from './in-context.ts'
import { sendStored } from './send-stored.ts'

/** Answers a public GET from the response cache; only successes are kept, always as an anonymous caller sees them. */
export function cachedHandler(
  name: string,
  spec: EndpointSpec & { cache: CacheRule },
  invoke: Invoke,
  cache: Cache,
) {
  const rule = spec.cache
  const fields = Object.keys(spec.query?.shape ?? {}).toSorted()
  const cacheControl = `public, max-age=${rule.browserSeconds ?? 0}${rule.browserSeconds ? ', immutable' : ', must-revalidate'}`

  /** Asks the service as nobody in particular, and no longer than the endpoint may take. */
  const ask = (request: FastifyRequest) =>
    inContext(request, () =>
      within(longestAnswerOf(spec), () =>
        invoke(
          { params: request.params, query: request.query },
          { caller: anonymousCaller, correlationId: request.id, headers: {} },
        ),
      ),
    )

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const params = request.params as Record<string, string>
    const query = request.query as Record<string, unknown>
    const key = `api:${name}:${keyOf(params)}?${fields.map((field) => (query[field] === undefined ? '' : `${field}=${query[field]}`)).join('&')}`
    const fresh: { problem?: Stored } = {}
    const stored = await cache.get<Stored | undefined>(
      key,
      {
        seconds: rule.seconds,
        staleSeconds: rule.staleSeconds ?? 0,
        tags: tagsOf(rule, params, query),
        spareBytes,
      },
      async () => {
        const answer = await ask(request)
        const type = answer.headers['content-type'] ?? 'application/json; charset=utf-8'
        const bytes = bytesOf(answer.body)
        const made = store(answer.status, { ...answer.headers, 'content-type': type }, bytes)
        if (answer.status < 300) return made
        fresh.problem = made
        return undefined
      },
    )
    return stored
      ? sendStored(request, reply, stored, cacheControl)
      : problemFor(request, reply, fresh.problem, () => ask(request))
  }
}

async function problemFor(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Stored | undefined,
  ask: () => ReturnType<Invoke>,
): Promise<FastifyReply> {
  if (problem) return sendStored(request, reply, problem, 'no-store')
  const answer = await ask()
  return reply
    .code(answer.status)
    .headers(answer.headers)
    .header('cache-control', 'no-store')
    .send(bytesOf(answer.body))
}

/** A neighbour's answer comes as the bytes it sent. */
function bytesOf(body: unknown): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body)
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

function keyOf(params: Record<string, string>): string {
  return Object.values(params).join('/')
}

/** Fills `movie:{movieId}` from path and query, in small letters as whoever invalidates: ids are read in either. */
function tagsOf(rule: CacheRule, params: Record<string, string>, query: Record<string, unknown>): string[] {
  return (rule.tags ?? []).map((tag) =>
    tag.replaceAll(/\{(\w+)\}/g, (_, field: string) =>
      String(params[field] ?? query[field] ?? '').toLowerCase(),
    ),
  )
}
