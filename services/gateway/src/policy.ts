import { randomUUID } from 'node:crypto'
import { anonymousCaller, type Caller, fail, seenHeader } from '@marquee/kit/contract'
import { callerHeader, sayAlways, sendProblem } from '@marquee/kit/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { after } from './after.ts'
import type { Cookies, SessionCookies } from './cookies.ts'
import { mayUseCookies, placeOf } from './csrf.ts'
import type { createLimits } from './limits.ts'
import { networkOf } from './network.ts'
import { everyAnswer, strictTransport } from './security-headers.ts'
import { carrySeen, seenBy } from './seen.ts'
import type { createSessions, Visitor } from './sessions.ts'
import { tellCaches } from './tell-caches.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whoever calls, as the gateway vouches for them. */
    caller: Caller
  }
}

export type PolicyDeps = {
  sessions: ReturnType<typeof createSessions>
  cookies: Cookies
  /** Undefined where limits are off. */
  limits: ReturnType<typeof createLimits> | undefined
  corsOrigins: readonly string[]
  secure: boolean
}

/** What every request passes before it is routed: headers, CORS, limits, who calls, whether their cookies may speak. */
export function installPolicy(app: FastifyInstance, deps: PolicyDeps): void {
  app.decorateRequest('caller')
  sayAlways(app, {
    ...everyAnswer,
    ...(deps.secure ? { 'strict-transport-security': strictTransport } : {}),
  })

  app.addHook('onRequest', (request, reply, done) => {
    if (callerHeader in request.headers) delete request.headers[callerHeader]
    request.caller = anonymousCaller
    const cors = corsHeaders(request, deps.corsOrigins)
    if (cors) reply.headers(cors)
    if (cors && request.method === 'OPTIONS') {
      reply.code(204).send()
      return
    }
    done()
  })

  app.addHook('onRequest', (request, reply, done) => {
    if (request.route.neverRefused) return done()
    const admitted = admit(request, reply, networkOf(request.ip))
    if (admitted instanceof Promise)
      admitted.then(
        (is) => is && done(),
        (error) => done(error ?? new Error('refused at the door without a word')),
      )
    else if (admitted) done()
  })

  carrySeen(app, deps.cookies)
  tellCaches(app, deps)

  /** Whether a request goes on; who is turned away has been told. At once where nobody need be asked. */
  function admit(request: FastifyRequest, reply: FastifyReply, network: string): boolean | Promise<boolean> {
    // Before anybody is asked who calls: made-up tokens count too.
    return after(isTooMuch(request, reply, { network }), (tooMuch) => {
      if (tooMuch) return false
      if (!isOpen(request)) return identify(request, reply, network)
      request.caller = { ...anonymousCaller, network }
      return true
    })
  }

  function isTooMuch(
    request: FastifyRequest,
    reply: FastifyReply,
    who: { network: string } | { identity: string },
  ): boolean | Promise<boolean> {
    if (!deps.limits) return false
    const { endpoint, limit } = request.route
    const judged = deps.limits({ name: endpoint?.limit ?? limit ?? 'default', ...who })
    return after(judged, (verdict) => {
      if (verdict.allowed) return false
      sendProblem(
        reply,
        fail('rate-limited', undefined, `Too many requests; try again in ${verdict.retryAfterSeconds} s`, {
          'retry-after': String(verdict.retryAfterSeconds),
        }),
        request.id,
      )
      return true
    })
  }

  function identify(
    request: FastifyRequest,
    reply: FastifyReply,
    network: string,
  ): boolean | Promise<boolean> {
    const given = deps.cookies.read(request.headers.cookie)
    return after(deps.sessions(request.headers.authorization, given), (visitor) => {
      if (!introduce(request, reply, { visitor, given, network })) return false
      const { userId: identity } = request.caller
      return identity === undefined || after(isTooMuch(request, reply, { identity }), (tooMuch) => !tooMuch)
    })
  }

  function introduce(
    request: FastifyRequest,
    reply: FastifyReply,
    { visitor, given, network }: { visitor: Visitor; given: SessionCookies; network: string },
  ): boolean {
    for (const cookie of visitor.setCookies) reply.header('set-cookie', cookie)
    if (!visitor.caller) {
      sendProblem(
        reply,
        fail('unauthenticated', undefined, 'The access token is not valid', { 'www-authenticate': 'Bearer' }),
        request.id,
      )
      return false
    }
    if (!mayUseCookies({ method: request.method, byCookie: visitor.byCookie, ...placeOf(request.headers) })) {
      sendProblem(
        reply,
        fail('forbidden', undefined, 'A change in your name must come from the site itself'),
        request.id,
      )
      return false
    }
    const secret = secretOf(request, given.orderSecrets)
    const language = request.headers['accept-language']?.slice(0, 35)
    const unnamed = visitor.caller.userId === undefined ? visitorOf(request, reply, given.visitor) : undefined
    const seen = seenBy(visitor.caller, [header(request, seenHeader), given.seen])
    request.caller = {
      ...visitor.caller,
      network,
      ...(secret ? { secret } : {}),
      ...(language ? { language } : {}),
      ...(unnamed ? { visitor: unnamed } : {}),
      ...(seen === undefined ? {} : { seen }),
    }
    return true
  }

  /**
   * Who of those without an account this is. Given to a browser that begins something, never with a page: what is the
   * same for everybody stays so, whoever only looks is told apart from nobody, and a program gets no cookie.
   */
  function visitorOf(request: FastifyRequest, reply: FastifyReply, known: string | undefined) {
    const begins = request.method !== 'GET' && request.method !== 'HEAD'
    if (known !== undefined || !begins || header(request, 'sec-fetch-site') === undefined) return known
    const fresh = randomUUID()
    reply.header('set-cookie', deps.cookies.visitor(fresh))
    return fresh
  }
}

/**
 * What is the same for everybody, so that nobody need be known for it. A WebSocket too: the answer that opens one brings
 * a browser no cookies, and a session renewed for it would be lost.
 */
function isOpen(request: FastifyRequest): boolean {
  const spec = request.route.endpoint
  if (spec) return spec.cache !== undefined
  return (
    request.headers.upgrade?.toLowerCase() === 'websocket' ||
    (request.method === 'GET' && request.url.startsWith('/assets/'))
  )
}

const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

/** A guest's proof: the header, a link's query where the endpoint takes one, else what this browser was given. */
function secretOf(request: FastifyRequest, fromCookies: readonly string[]): string | undefined {
  const given = header(request, 'x-order-secret')
  if (given) return given
  const asks = request.route.endpoint?.query?.shape
  const query = request.query as { secret?: unknown }
  if (asks && 'secret' in asks && typeof query.secret === 'string') return query.secret
  return fromCookies.length > 0 ? fromCookies.join(' ') : undefined
}

function corsHeaders(
  request: FastifyRequest,
  allowed: readonly string[],
): Record<string, string> | undefined {
  const origin = request.headers.origin
  if (origin === undefined || !allowed.includes(origin)) return undefined
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'false',
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers':
      'Authorization, Content-Type, Idempotency-Key, If-Match, X-Correlation-Id, X-Marquee-Seen, X-Order-Secret',
    'access-control-expose-headers': 'ETag, Retry-After, X-Correlation-Id, X-Marquee-Seen',
    'access-control-max-age': '600',
  }
}
