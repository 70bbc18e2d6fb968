import { z } from 'zod'

/** A failure that an endpoint declares: a stable `code` and the extra fields it carries. */
export type ProblemDeclaration<Code extends string = string, Extra extends z.ZodRawShape = z.ZodRawShape> = {
  kind: 'problem'
  code: Code
  extra: z.ZodObject<Extra>
}

/** Declares a failure: `problem('seats-taken', { seats: z.array(SeatId) })`. */
export function problem<const Code extends string, Extra extends z.ZodRawShape = Record<never, never>>(
  code: Code,
  extra?: Extra,
): ProblemDeclaration<Code, Extra> {
  return { kind: 'problem', code, extra: z.object(extra ?? ({} as Extra)) }
}

export type FieldError = { path: string; message: string }

/** The body of every error answer, RFC 9457. */
export const ProblemBody = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  correlationId: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type ProblemBody = z.infer<typeof ProblemBody>

/** Failures that any endpoint may answer without declaring them, and their statuses. */
export const genericProblems = {
  'bad-request': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  conflict: 409,
  'request-in-progress': 409,
  'version-mismatch': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  'invalid-input': 422,
  'idempotency-key-reused': 422,
  'rate-limited': 429,
  internal: 500,
  unavailable: 503,
  timeout: 504,
} as const satisfies Record<string, number>

export type GenericCode = keyof typeof genericProblems

/** Turns `seats-taken` into "Seats taken". */
export function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
