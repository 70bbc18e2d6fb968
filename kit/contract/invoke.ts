import { z } from 'zod'
import { judgeCaller, judgeFacts } from './access.ts'
import { declaredProblems, type EndpointSpec, successStatuses } from './endpoint.ts'
import type { CallRequest, Guard, Handler, Implementation } from './implement.ts'
import { type Failed, fail, invalid, isFailed, isReply } from './outcome.ts'
import { type FieldError, genericProblems, type ProblemBody, titleOf } from './problem.ts'
import { seenHeader } from './seen.ts'

/** The parts of a call before they are parsed. */
export type RawInput = { params?: unknown; query?: unknown; body?: unknown }

/** What goes back to a caller, ready to be written out. */
export type Answer = {
  status: number
  headers: Record<string, string>
  /** JSON value, text, bytes, or undefined for no body. */
  body: unknown
}

export type Invoke = (raw: RawInput, request: CallRequest) => Promise<Answer>

/** Makes the one function that runs an endpoint: identity, input, facts, handler, output. */
export function createInvoke(implementation: Implementation, name: string): Invoke {
  const spec: EndpointSpec | undefined = implementation.contract.endpoints[name]
  const handler = implementation.handlers[name] as Handler<EndpointSpec> | undefined
  const guard = implementation.guards[name] as Guard<EndpointSpec> | undefined
  if (!spec || !handler) throw new Error(`${implementation.contract.name} does not implement ${name}`)
  const statuses = problemStatuses(spec)
  const toAnswer = (failed: Failed, request: CallRequest) =>
    problemAnswer(failed, request.correlationId, statuses)

  return async (raw, request) => {
    const decision = judgeCaller(spec.access, request.caller)
    if (decision === 'unauthenticated' || decision === 'forbidden') return toAnswer(fail(decision), request)
    const parsed = parseInput(spec, raw)
    if (!parsed.ok) return toAnswer(invalid(parsed.errors), request)
    if (decision === 'needs-facts') {
      const facts = guard ? await guard(parsed.input as never, request) : {}
      if (!facts) return toAnswer(fail('not-found'), request)
      const verdict = judgeFacts(spec.access, request.caller, facts)
      if (verdict !== 'allowed') return toAnswer(fail('forbidden'), request)
    }
    const outcome: unknown = await handler(parsed.input as never, request)
    const answer = isFailed(outcome) ? toAnswer(outcome, request) : successAnswer(spec, name, outcome)
    if (spec.method === 'GET' || !implementation.position) return answer
    const seen = await implementation.position()
    return { ...answer, headers: { ...answer.headers, [seenHeader]: seen } }
  }
}

function successAnswer(spec: EndpointSpec, name: string, outcome: unknown): Answer {
  const [only, ...others] = successStatuses(spec)
  const explicit = isReply(outcome)
  const status = explicit ? outcome.status : only
  if (status === undefined || (!explicit && others.some((other) => other < 300)))
    throw new Error(`${name} declares several successes: answer with reply(status, …)`)
  const declaration = spec.responses[status]
  if (!declaration) throw new Error(`${name} answered ${status}, which it does not declare`)
  const body = explicit ? outcome.body : outcome
  const headers = explicit ? outcome.headers : {}
  if (declaration instanceof z.ZodType) return { status, headers, body: declaration.parse(body) }
  if ('kind' in declaration && declaration.kind === 'raw')
    return { status, headers: { 'content-type': declaration.contentType, ...headers }, body }
  return { status, headers, body: undefined }
}

type ParsedInput = { ok: true; input: Record<string, unknown> } | { ok: false; errors: FieldError[] }

function parseInput(spec: EndpointSpec, raw: RawInput): ParsedInput {
  const errors: FieldError[] = []
  const input: Record<string, unknown> = {}
  const take = (schema: z.ZodType | undefined, value: unknown, isBody: boolean) => {
    if (!schema) return
    const nul = pathOfNul(value, [])
    if (nul) {
      errors.push({ path: nul.join('.'), message: 'has a NUL character' })
      return
    }
    const result = schema.safeParse(value)
    if (!result.success) {
      for (const issue of result.error.issues) errors.push(fieldError(issue))
      return
    }
    if (isBody && !isPlainObject(result.data)) input.body = result.data
    else Object.assign(input, result.data)
  }
  take(spec.params, raw.params ?? {}, false)
  take(spec.query, raw.query ?? {}, false)
  take(spec.body, raw.body, true)
  return errors.length > 0 ? { ok: false, errors } : { ok: true, input }
}

/** PostgreSQL cannot store NUL in text, and nobody types one. */
function pathOfNul(value: unknown, path: string[]): string[] | undefined {
  if (typeof value === 'string') return value.includes('\u0000') ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, one] of Object.entries(value)) {
    const found = key.includes('\u0000') ? path : pathOfNul(one, [...path, key])
    if (found) return found
  }
  return undefined
}

function fieldError(issue: z.core.$ZodIssue): FieldError {
  const nested = issue.code === 'invalid_union' ? closestBranch(issue) : undefined
  if (nested) return { path: [...issue.path, ...nested.path].join('.'), message: nested.message }
  return { path: issue.path.join('.'), message: issue.message }
}

/** Of a union's complaints the shortest list is the likeliest intent; its first line helps most. */
function closestBranch(issue: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue | undefined {
  const branches = issue.errors.filter((branch) => branch.length > 0)
  return branches.toSorted((a, b) => a.length - b.length)[0]?.[0]
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
}

type Statuses = ReadonlyMap<string, number>

function problemStatuses(spec: EndpointSpec): Statuses {
  const statuses = new Map<string, number>(Object.entries(genericProblems))
  for (const { status, declaration } of declaredProblems(spec)) statuses.set(declaration.code, status)
  return statuses
}

/** Renders a failure as an RFC 9457 problem; an undeclared code is a bug and throws. */
export function problemAnswer(
  failed: Pick<Failed, 'code' | 'extra' | 'detail' | 'errors' | 'headers'>,
  correlationId: string,
  statuses: Statuses = new Map(Object.entries(genericProblems)),
): Answer {
  const status = statuses.get(failed.code)
  if (status === undefined) throw new Error(`problem ${failed.code} is not declared by this endpoint`)
  const body: ProblemBody = {
    ...failed.extra,
    type: `urn:marquee:problem:${failed.code}`,
    title: titleOf(failed.code),
    status,
    code: failed.code,
    ...(failed.detail ? { detail: failed.detail } : {}),
    ...(failed.errors ? { errors: failed.errors } : {}),
    correlationId,
  }
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      // Nobody who is turned away for now should have to guess for how long.
      ...(status === 503 || status === 504 ? { 'retry-after': '2' } : {}),
      ...failed.headers,
    },
    body,
  }
}
