import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type Answer,
  type Answering,
  type Caller,
  deadlineHeader,
  type EndpointSpec,
  fail,
  idempotencyKeyLength,
  idempotencyOf,
  invalid,
  laterSeen,
  longestAnswerOf,
  problemAnswer,
  seenHeader,
} from '../contract/index.ts'
import { within } from '../resilience/index.ts'
import type { RequestContext } from '../telemetry/index.ts'
import { sendWhole } from './send-whole.ts'

export type MountOptions = {
  /** Who calls, vouched for by the gateway or read from a neighbour's signed token. */
  callerOf: (request: FastifyRequest) => Caller
  /** Callers are neighbours, who say how much longer they wait. */
  heedDeadlines?: boolean
  /** Leaves endpoints out: those only for services do not belong behind the public door. */
  include?: (spec: EndpointSpec) => boolean
}

/** Registers every endpoint of a contract as a route, whoever answers it. */
export function mount(app: FastifyInstance, { contract, invokeOf }: Answering, options: MountOptions): void {
  for (const [name, spec] of Object.entries(contract.endpoints)) {
    if (options.include && !options.include(spec)) continue
    const invoke = invokeOf(name)
    const key = `${contract.name}.${name}`

    const answerFor = (request: FastifyRequest, context: RequestContext): Answer | Promise<Answer> => {
      const caller = options.callerOf(request)
      const headers = request.headers as Record<string, string | undefined>
      const idempotency = spec.idempotent ? readIdempotency(key, headers, caller, request.body) : undefined
      if (idempotency === 'bad') return badKey(request.id)
      const left = options.heedDeadlines ? patienceOf(headers) : Number.POSITIVE_INFINITY
      if (left <= 0) return problemAnswer(fail('timeout'), request.id)
      const { params, query, body } = request
      const rawBody = spec.rawBody && Buffer.isBuffer(body) ? body : undefined
      const raw = { params, query, body: spec.rawBody ? undefined : body }
      const call = { caller, correlationId: request.id, headers, idempotency, rawBody }
      return within(Math.min(left, longestAnswerOf(spec)), () => invoke(raw, call), context)
    }

    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const { traceparent } = request.headers
      const context: RequestContext = {
        correlationId: request.id,
        traceparent: typeof traceparent === 'string' ? traceparent : undefined,
      }
      const answer = await answerFor(request, context)
      // Also what services that were asked on the way changed.
      const seen = laterSeen(answer.headers[seenHeader], context.seen)
      if (seen !== undefined) reply.header(seenHeader, seen)
      send(reply, answer)
    }

    const route = {
      method: spec.method,
      url: spec.path,
      ...(spec.maxBytes ? { bodyLimit: spec.maxBytes } : {}),
      config: { endpoint: spec, name: key },
      handler,
    }
    if (spec.rawBody)
      app.register(async (scope) => {
        scope.removeAllContentTypeParsers()
        scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
        scope.route(route)
      })
    else app.route(route)
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What was declared of its route; Fastify puts its own `routeOptions` together anew whenever it is asked. */
    route: FastifyContextConfig
  }
  interface FastifyContextConfig {
    /** The declaration behind a route, for policies that read it. */
    endpoint?: EndpointSpec
    name?: string
    /** The rate limit of a route that no endpoint declares. */
    limit?: string
    /** Balancers ask how we are, most urgently under load and perhaps by the address that everybody comes from. */
    neverRefused?: true
  }
}

function send(reply: FastifyReply, answer: Answer): void {
  const { status, headers, body } = answer
  reply.code(status)
  for (const name in headers) if (name !== seenHeader) reply.header(name, headers[name])
  const isWhole = body === undefined || typeof body === 'string' || body instanceof Uint8Array
  if (!isWhole && !headers['content-type']) reply.header('content-type', 'application/json; charset=utf-8')
  sendWhole(reply, isWhole ? body : JSON.stringify(body))
}

/** How long the caller still waits; for ever when it does not say. */
function patienceOf(headers: Record<string, string | undefined>): number {
  const told = Number(headers[deadlineHeader] ?? Number.NaN)
  return Number.isNaN(told) ? Number.POSITIVE_INFINITY : told
}

function readIdempotency(
  key: string,
  headers: Record<string, string | undefined>,
  caller: Caller,
  body: unknown,
) {
  const given = headers['idempotency-key']
  if (given === undefined) return undefined
  if (given.length < idempotencyKeyLength.least || given.length > idempotencyKeyLength.most) return 'bad'
  return idempotencyOf(key, given, caller, body)
}

function badKey(correlationId: string): Answer {
  const { least, most } = idempotencyKeyLength
  return problemAnswer(
    invalid([{ path: 'Idempotency-Key', message: `must have ${least} to ${most} characters` }]),
    correlationId,
  )
}
