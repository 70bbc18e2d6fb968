import { randomBytes } from 'node:crypto'

/** A place in a trace: W3C Trace Context, version 00. */
export type Trace = { traceId: string; spanId: string; sampled: boolean }

const shape = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/
const zeros = /^0+$/

/** Reads a `traceparent` header; undefined when it is absent or malformed, as the standard asks. */
export function parseTraceparent(header: string | undefined): Trace | undefined {
  const [, traceId, spanId, flags] = shape.exec(header ?? '') ?? []
  if (!traceId || !spanId || !flags || zeros.test(traceId) || zeros.test(spanId)) return undefined
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

/** Writes a `traceparent` header. */
export function formatTraceparent({ traceId, spanId, sampled }: Trace): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`
}

/** The header for the next step: the same trace with a span of its own, or a trace that begins here. */
export function nextTraceparent(
  header: string | undefined,
  random: (bytes: number) => Buffer = randomBytes,
): string {
  const parent = parseTraceparent(header)
  return formatTraceparent({
    traceId: parent?.traceId ?? random(16).toString('hex'),
    spanId: random(8).toString('hex'),
    sampled: parent?.sampled ?? true,
  })
}

/** The trace's id, for log lines. */
export const traceIdOf = (header: string | undefined): string | undefined => parseTraceparent(header)?.traceId
