import type { Caller } from './access.ts'
import type { Contract, Endpoints } from './contract.ts'
import type { CodeOf, EndpointSpec, InputOf, SuccessOf } from './endpoint.ts'
import type { Answer, RawInput } from './invoke.ts'
import { type Link, LinkError } from './link.ts'
import type { GenericCode, ProblemBody } from './problem.ts'

export type CallOptions = {
  idempotencyKey?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** What came of a call: the success body, or a problem as a value. */
export type Attempt<Spec extends EndpointSpec> =
  | { ok: true; status: number; value: SuccessOf<Spec>; headers: Record<string, string> }
  | { ok: false; status: number; code: CodeOf<Spec> | GenericCode; problem: ProblemBody }

type Arguments<Spec extends EndpointSpec> =
  Record<never, never> extends InputOf<Spec>
    ? [input?: InputOf<Spec>, options?: CallOptions]
    : [input: InputOf<Spec>, options?: CallOptions]

/** A service's endpoints as functions, bound to one caller. They throw `ProblemError`; those of `attempt` do not. */
export type Methods<Of extends Endpoints> = {
  [Name in keyof Of]: (...given: Arguments<Of[Name]>) => Promise<SuccessOf<Of[Name]>>
} & {
  attempt: { [Name in keyof Of]: (...given: Arguments<Of[Name]>) => Promise<Attempt<Of[Name]>> }
}

export type Client<Of extends Endpoints = Endpoints> = {
  /** In the name of somebody. */
  as(caller: Caller): Methods<Of>
  /** In the name of the calling service itself. */
  asService(): Methods<Of>
}

/** A problem that the caller did not ask to have as a value. */
export class ProblemError extends Error {
  readonly code: string
  readonly status: number
  readonly problem: ProblemBody
  /** Who asked may be able to answer later, as the one who was asked. */
  readonly unavailable: boolean
  constructor(where: string, problem: ProblemBody) {
    super(`${where}: ${problem.code}${problem.detail ? ` (${problem.detail})` : ''}`)
    this.name = 'ProblemError'
    this.code = problem.code
    this.status = problem.status
    this.problem = problem
    this.unavailable = problem.status === 503 || problem.status === 504
  }
}

export type ConnectOptions = {
  /** The name under which `asService` calls. */
  service: string
  correlationId: () => string
  /** Runs before every call; throws when calling out is wrong just now (inside a transaction). */
  beforeCall?: () => void
}

/** Makes the typed client of a contract over a link. */
export function connect<Of extends Endpoints>(
  contract: Contract<string, Of>,
  link: Link,
  options: ConnectOptions,
): Client<Of> {
  const asService = bind({ kind: 'service', service: options.service, roles: [] })
  return { as: bind, asService: () => asService }

  function bind(caller: Caller): Methods<Of> {
    const attempt: Record<string, unknown> = {}
    const methods: Record<string, unknown> = { attempt }
    for (const [name, spec] of Object.entries(contract.endpoints)) {
      const send = (input: unknown, given: CallOptions = {}) => call(name, spec, caller, input, given)
      attempt[name] = send
      methods[name] = async (input: unknown, given?: CallOptions) => {
        const outcome = await send(input, given)
        if (outcome.ok) return outcome.value
        throw new ProblemError(`${contract.name}.${name}`, outcome.problem)
      }
    }
    return methods as Methods<Of>
  }

  async function call(name: string, spec: EndpointSpec, caller: Caller, input: unknown, given: CallOptions) {
    options.beforeCall?.()
    const correlationId = options.correlationId()
    try {
      const answer = await link({
        service: contract.name,
        name,
        spec,
        raw: split(spec, input),
        caller,
        correlationId,
        headers: given.headers ?? {},
        ...(given.idempotencyKey ? { idempotencyKey: given.idempotencyKey } : {}),
        ...(given.signal ? { signal: given.signal } : {}),
      })
      return toAttempt(answer)
    } catch (error) {
      if (!(error instanceof LinkError)) throw error
      return noAnswer(error, contract.name, correlationId)
    }
  }
}

function toAttempt(answer: Answer) {
  if (answer.status < 400)
    return { ok: true as const, status: answer.status, value: answer.body, headers: answer.headers }
  const problem = answer.body as ProblemBody
  return { ok: false as const, status: answer.status, code: problem.code, problem }
}

function noAnswer(error: LinkError, service: string, correlationId: string) {
  const status = error.code === 'timeout' ? 504 : 503
  const problem: ProblemBody = {
    type: `urn:marquee:problem:${error.code}`,
    title: error.code === 'timeout' ? 'Timeout' : 'Unavailable',
    status,
    code: error.code,
    detail: `${service} did not answer`,
    retryAfterSeconds: 2,
    correlationId,
  }
  return { ok: false as const, status, code: error.code, problem }
}

/** Sorts flat input into path, query and body by the endpoint's schemas. */
function split(spec: EndpointSpec, input: unknown): RawInput {
  if (input === undefined || input === null) return spec.body ? { body: undefined } : {}
  const params: Record<string, unknown> = {}
  const query: Record<string, unknown> = {}
  const body: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(input)) {
    if (spec.params && key in spec.params.shape) params[key] = value
    else if (spec.query && key in spec.query.shape) query[key] = value
    else body[key] = value
  }
  if (!spec.body) return { params, query }
  const whole = Object.keys(body).length === 1 && 'body' in body && !acceptsField(spec.body, 'body')
  return { params, query, body: whole ? body.body : body }
}

function acceptsField(schema: unknown, field: string): boolean {
  return (
    typeof schema === 'object' && schema !== null && 'shape' in schema && field in (schema.shape as object)
  )
}
