import type { FieldError } from './problem.ts'

/** A declared or generic failure, as a handler gives it. */
export type Failure = {
  ok: false
  code: string
  extra?: Record<string, unknown>
  detail?: string
  errors?: FieldError[]
  headers?: Record<string, string>
}

const replied = Symbol('reply')

/** A success with an explicit status or headers. */
export type Reply<Body> = { [replied]: true; status: number; body: Body; headers: Record<string, string> }

/** Answers with one of several declared successes, or with headers. */
export function reply<Body>(
  status: number,
  body: Body,
  options: { headers?: Record<string, string> } = {},
): Reply<Body> {
  return { [replied]: true, status, body, headers: options.headers ?? {} }
}

export function isReply(value: unknown): value is Reply<unknown> {
  return typeof value === 'object' && value !== null && replied in value
}

const failed = Symbol('failure')
export type Failed = Failure & { [failed]: true }

/** Answers with a problem: a declared code with its extra fields, or a generic one such as `not-found`. */
export function fail(
  code: string,
  extra?: Record<string, unknown>,
  detail?: string,
  headers?: Record<string, string>,
): Failed {
  return {
    [failed]: true,
    ok: false,
    code,
    ...(extra ? { extra } : {}),
    ...(detail ? { detail } : {}),
    ...(headers ? { headers } : {}),
  }
}

/** Answers 422 naming the fields: `invalid([{ path: 'seats.0.seatId', message: 'There is no seat Z99' }])`. */
export function invalid(errors: FieldError[], detail?: string): Failed {
  return { ...fail('invalid-input', undefined, detail), errors }
}

/** Refuses a cursor that no page of the list gave. */
export const badCursor = (): Failed => invalid([{ path: 'cursor', message: 'is not a cursor of this list' }])

export function isFailed(value: unknown): value is Failed {
  return typeof value === 'object' && value !== null && failed in value
}
