import { runWithContext } from '@marquee/kit/telemetry'
import type { FastifyRequest } from 'fastify'

/** Has all that answering a request causes, in other services and in events, carry its correlation id and trace. */
export function inContext<T>(request: FastifyRequest, work: () => T): T {
  const { traceparent } = request.headers
  return runWithContext(
    { correlationId: request.id, ...(typeof traceparent === 'string' ? { traceparent } : {}) },
    work,
  )
}
