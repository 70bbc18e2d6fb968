import type { Caller } from './access.ts'
import type { EndpointSpec } from './endpoint.ts'
import type { Answer, RawInput } from './invoke.ts'

/** One call on its way to a service, whichever process that service lives in. */
export type Call = {
  service: string
  name: string
  spec: EndpointSpec
  raw: RawInput
  caller: Caller
  correlationId: string
  headers: Readonly<Record<string, string | undefined>>
  idempotencyKey?: string | undefined
  /** The untouched bytes of an endpoint that wants them, and their content type among the headers. */
  rawBody?: Buffer | undefined
  /** The caller hands the answer on: its body comes as text or bytes, never parsed. */
  unread?: boolean
  /** It was asked before, and no answer came. */
  again?: boolean
  signal?: AbortSignal | undefined
}

/** Carries a call and brings its answer back. Throws only when no answer came. */
export type Link = (call: Call) => Promise<Answer>

/** Whether asking twice does no more than asking once: a key says so only where the endpoint heeds it. */
export const mayBeRepeated = ({ spec, idempotencyKey }: Pick<Call, 'spec' | 'idempotencyKey'>): boolean =>
  spec.method === 'GET' || (spec.idempotent === true && idempotencyKey !== undefined)

/** No answer came: the service is down, too slow or out of reach. */
export class LinkError extends Error {
  readonly code: 'unavailable' | 'timeout'
  /** One instance went away in the middle, which says nothing of the others. */
  readonly ofOne: boolean
  constructor(
    code: 'unavailable' | 'timeout',
    message: string,
    { ofOne = false, ...options }: ErrorOptions & { ofOne?: boolean } = {},
  ) {
    super(message, options)
    this.name = 'LinkError'
    this.code = code
    this.ofOne = ofOne
  }
}
