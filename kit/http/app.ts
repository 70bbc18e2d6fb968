import { randomUUIDv7 } from 'node:crypto'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { type Failed, fail } from '../contract/index.ts'
import { isUnavailable } from '../resilience/index.ts'
import { doorOf } from './door.ts'
import { readJsonBodies, TooDeep } from './json-body.ts'
import { sayLast } from './last-word.ts'
import type { Load } from './load.ts'
import { methodsTaken } from './methods-taken.ts'
import { OnePiece } from './one-piece.ts'
import { sendProblem } from './send-problem.ts'
import { refuseUnderLoad } from './shed.ts'
import { becomesSocket, limitSockets } from './upgrade.ts'

export type HttpAppOptions = {
  /** Called for every error that is ours, with the correlation id; the client sees none of it. */
  onBug: (error: unknown, correlationId: string) => void
  /** Called instead for an error that says that something needed is away; the client is told to try again. */
  onUnavailable?: (error: Error, correlationId: string) => void
  /** Whose `X-Forwarded-For` is believed; nobody's by default. */
  trustProxy?: boolean | string | string[]
  /** How long an idle connection is kept, which clients are told; 72 s unless told. */
  keepAliveSeconds?: number
  /** How long a request may take to come in whole, its body included; 300 s unless told. */
  requestSeconds?: number
  /** Refuses requests before this process collapses; none are refused without it. */
  load?: Load
  /** How many WebSockets are open at once; 20,000 unless told. */
  mostSockets?: number
}

const refusals: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}
const acceptable = /^[\w.:-]{1,100}$/

/**
 * A Fastify application that speaks our conventions: correlation ids, problems instead of error pages,
 * and no stack trace ever leaving the server. The correlation id is Fastify's own `request.id`.
 */
export function createHttpApp({
  onBug,
  onUnavailable,
  trustProxy = false,
  load,
  keepAliveSeconds,
  requestSeconds = 300,
  mostSockets = 20_000,
}: HttpAppOptions): FastifyInstance {
  const requestTimeout = requestSeconds * 1000
  const app = Fastify({
    trustProxy,
    // A body that never ends would hold its place among the requests in flight for ever.
    requestTimeout,
    http: {
      connectionsCheckingInterval: Math.min(30_000, requestTimeout),
      ServerResponse: OnePiece,
      // Node would hand over any connection that asks for whatever upgrade, and watch over it no more.
      shouldUpgradeCallback: (request) => becomesSocket(door, request),
    },
    ...(keepAliveSeconds ? { keepAliveTimeout: keepAliveSeconds * 1000 } : {}),
    bodyLimit: 65_536,
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: false },
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-correlation-id']
      return typeof given === 'string' && acceptable.test(given) ? given : randomUUIDv7()
    },
    // An address that cannot be decoded reaches no route, no hook and no handler below.
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      sendProblem(reply, fail('bad-request', undefined, 'The address could not be read'), request.id)
    },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => {
      if (!socket.writable || (error as NodeJS.ErrnoException).code === 'ECONNRESET') return
      const status = refusals[(error as NodeJS.ErrnoException).code ?? ''] ?? '400 Bad Request'
      const body = JSON.stringify({
        type: 'urn:marquee:problem:bad-request',
        title: 'Bad request',
        status: Number(status.slice(0, 3)),
        code: 'bad-request',
      })
      socket.end(
        `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      )
    },
  })
  // Node takes the longer of the two for the whole request.
  app.server.headersTimeout = Math.min(app.server.headersTimeout, requestTimeout)
  readJsonBodies(app)
  const door = doorOf(app)
  app.decorateRequest('route')
  app.addHook('onRequest', (request, reply, done) => {
    request.route = request.routeOptions.config
    reply.header('x-correlation-id', request.id)
    done()
  })
  // Said with the answer, not before: a request may have begun before the door closed.
  sayLast(app, (_request, reply) => {
    if (door.draining && !reply.hasHeader('connection')) reply.header('connection', 'close')
  })
  limitSockets(app, mostSockets)
  if (load) refuseUnderLoad(app, load)
  const methodsAt = methodsTaken(app)
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsAt(request.url)
    const known = methods.length > 0 && !methods.includes(request.method)
    const allow = methods.join(', ')
    const failed = known
      ? fail('method-not-allowed', undefined, `This address takes ${allow}`, { allow })
      : fail('not-found', undefined, 'There is nothing at this address')
    return sendProblem(reply, failed, request.id)
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = clientError(error, request.routeOptions.bodyLimit)
    const away = !known && isUnavailable(error)
    if (away && onUnavailable) onUnavailable(error, request.id)
    else if (!known) onBug(error, request.id)
    if (known?.code === 'too-large' && !door.draining) hearOut(request, reply)
    return sendProblem(reply, known ?? fail(away ? 'unavailable' : 'internal'), request.id)
  })
  return app
}

const longestHeardOut = 256 * 1024 * 1024

/**
 * Lets somebody send a body to its end that nobody reads: who is cut off in the middle sees a broken connection, not the
 * answer. A body longer than anybody sends by mistake is cut off.
 */
function hearOut(request: FastifyRequest, reply: FastifyReply): void {
  const length = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY)
  if (length <= longestHeardOut) reply.header('connection', 'keep-alive')
}

/** What the HTTP layer itself refuses, in our words; undefined for a bug. */
function clientError(error: FastifyError, bodyLimit = 0): Failed | undefined {
  switch (error.statusCode) {
    case 400:
      return fail(
        'bad-request',
        undefined,
        error instanceof TooDeep ? error.message : 'The request could not be read as JSON',
      )
    case 413:
      return fail(
        'too-large',
        undefined,
        `The body is larger than this endpoint takes: at most ${bodyLimit} bytes`,
      )
    case 414:
    case 431:
      return fail('bad-request', undefined, 'The address is too long')
    case 415:
      return fail('unsupported-media-type', undefined, 'Send JSON, with Content-Type: application/json')
    default:
      return error.code === 'FST_ERR_MAX_PARAM_LENGTH' || error.code === 'FST_ERR_BAD_URL'
        ? fail('not-found')
        : undefined
  }
}
