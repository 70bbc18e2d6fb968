import { z } from 'zod'
import type { Access } from './access.ts'
import type { ProblemDeclaration } from './problem.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A body that is not JSON: a picture, a calendar file, a CSV. */
export type RawDeclaration = { kind: 'raw'; contentType: string }

/** An answer without a body (204, 304). */
export type NothingDeclaration = { kind: 'nothing' }

export const nothing: NothingDeclaration = { kind: 'nothing' }
export const raw = (contentType: string): RawDeclaration => ({ kind: 'raw', contentType })

export type ResponseDeclaration =
  | z.ZodType
  | RawDeclaration
  | NothingDeclaration
  | ProblemDeclaration
  | readonly ProblemDeclaration[]

export type CacheRule = {
  /** How long a shared cache may serve the answer. */
  seconds: number
  /** How long after that an older answer may be served while a fresh one is fetched. */
  staleSeconds?: number
  /** Tags by which the answer is invalidated, from path and query: `movie:{movieId}`. */
  tags?: readonly string[]
  /** How long a browser may keep it without asking; 0 by default. */
  browserSeconds?: number
}

/**
 * What to answer when the endpoint's service fails, hangs or is away: what another endpoint says, presented as an
 * answer of this one. Whoever calls does it, so that it needs nothing of the failing service.
 */
export type Fallback = {
  service: string
  name: string
  endpoint: EndpointSpec
  /** Its query, made of this endpoint's; nothing was checked yet. */
  query: (query: Readonly<Record<string, unknown>>) => Record<string, unknown>
  /** Its success body as this endpoint's. */
  present: (body: never) => unknown
}

/** Declares a fallback: `fallback({ service: 'movies', name: 'trending', endpoint: trending, … })`. */
export function fallback<const Spec extends EndpointSpec>(
  declaration: Omit<Fallback, 'endpoint' | 'present'> & {
    endpoint: Spec
    present: (body: SuccessOf<Spec>) => unknown
  },
): Fallback {
  return declaration
}

export type EndpointSpec = {
  method: Method
  /** Absolute, with parameters as `:orderId`. */
  path: `/${string}`
  summary: string
  access: readonly Access[]
  /** The POST honours `Idempotency-Key`, replayed from the row it created. */
  idempotent?: boolean
  /** Names a rate limit in the gateway's configuration. */
  limit?: string
  cache?: CacheRule
  /** The untouched bytes are handed to the handler (signed webhooks); no body schema then. */
  rawBody?: boolean
  /** The largest body accepted, in bytes; 64 KiB by default. */
  maxBytes?: number
  /** Deadline of one call in milliseconds; 5,000 by default. */
  timeoutMs?: number
  /** When it is refused under too much load; reading among the first and changes later, unless told. */
  shed?: 'first' | 'later' | 'last'
  fallback?: Fallback
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  responses: Readonly<Record<number, ResponseDeclaration>>
}

export type Endpoint<Spec extends EndpointSpec = EndpointSpec> = Spec & { kind: 'endpoint' }

/** Declares one endpoint; throws at import when path, parameters and fields disagree. */
export function endpoint<const Spec extends EndpointSpec>(spec: Spec): Endpoint<Spec> {
  const inPath = [...spec.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const declared = Object.keys(spec.params?.shape ?? {})
  const where = `${spec.method} ${spec.path}`
  for (const name of inPath)
    if (!declared.includes(name)) throw new Error(`${where}: parameter ${name} has no schema`)
  for (const name of declared)
    if (!inPath.includes(name)) throw new Error(`${where}: ${name} is not in the path`)
  const bodyShape = spec.body instanceof z.ZodObject ? Object.keys(spec.body.shape) : []
  const seen = new Set<string>()
  for (const name of [...declared, ...Object.keys(spec.query?.shape ?? {}), ...bodyShape]) {
    if (seen.has(name)) throw new Error(`${where}: ${name} is declared twice among path, query and body`)
    seen.add(name)
  }
  if (spec.access.length === 0) throw new Error(`${where}: nobody may call it`)
  if (!successStatuses(spec).length) throw new Error(`${where}: no success is declared`)
  return { ...spec, kind: 'endpoint' }
}

/** The declared 2xx and 304 statuses, ascending. */
export function successStatuses(spec: EndpointSpec): number[] {
  return Object.keys(spec.responses)
    .map(Number)
    .filter((status) => status < 400)
    .sort((a, b) => a - b)
}

/** Every problem an endpoint declares, with its status. */
export function declaredProblems(spec: EndpointSpec): { status: number; declaration: ProblemDeclaration }[] {
  return Object.entries(spec.responses).flatMap(([status, response]) => {
    const list = Array.isArray(response) ? response : [response]
    return list.flatMap((one) => (isProblem(one) ? [{ status: Number(status), declaration: one }] : []))
  })
}

function isProblem(response: unknown): response is ProblemDeclaration {
  return (
    typeof response === 'object' && response !== null && 'kind' in response && response.kind === 'problem'
  )
}

type In<Schema> = Schema extends z.ZodType ? z.input<Schema> : unknown
type Out<Schema> = Schema extends z.ZodType ? z.output<Schema> : unknown
type Flat<Body> = unknown extends Body
  ? unknown
  : Body extends readonly unknown[]
    ? { body: Body }
    : Body extends object
      ? Body
      : { body: Body }
type Simplify<T> = T extends unknown ? { [Key in keyof T]: T[Key] } : never

/** What a caller gives: path, query and body fields in one object. */
export type InputOf<Spec extends EndpointSpec> = Simplify<
  In<Spec['params']> & In<Spec['query']> & Flat<In<Spec['body']>>
>
/** What a handler gets: the same, parsed. */
export type ParsedOf<Spec extends EndpointSpec> = Simplify<
  Out<Spec['params']> & Out<Spec['query']> & Flat<Out<Spec['body']>>
>

type SuccessKeys<Spec extends EndpointSpec> = {
  [Status in keyof Spec['responses']]: Spec['responses'][Status] extends
    | ProblemDeclaration
    | readonly ProblemDeclaration[]
    ? never
    : Status
}[keyof Spec['responses']] &
  number

type BodyIn<Response> = Response extends z.ZodType
  ? z.input<Response>
  : Response extends RawDeclaration
    ? string | Uint8Array
    : undefined
type BodyOut<Response> = Response extends z.ZodType
  ? z.output<Response>
  : Response extends RawDeclaration
    ? string
    : undefined

/** The success body a handler gives; one of them when several successes are declared. */
export type GivenBodyOf<Spec extends EndpointSpec> = BodyIn<Spec['responses'][SuccessKeys<Spec>]>
/** The success body a caller receives. */
export type SuccessOf<Spec extends EndpointSpec> = BodyOut<Spec['responses'][SuccessKeys<Spec>]>

type DeclaredProblem<Spec extends EndpointSpec> = {
  [Status in keyof Spec['responses']]: Spec['responses'][Status] extends ProblemDeclaration
    ? Spec['responses'][Status]
    : Spec['responses'][Status] extends readonly (infer One)[]
      ? Extract<One, ProblemDeclaration>
      : never
}[keyof Spec['responses']]
/** The codes an endpoint declares beyond the generic ones. */
export type CodeOf<Spec extends EndpointSpec> = DeclaredProblem<Spec>['code']
