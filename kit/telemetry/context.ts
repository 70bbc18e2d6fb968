import { surroundings } from './surroundings.ts'

/** What follows a request through every call, log line and event it causes. */
export type RequestContext = {
  correlationId: string
  traceparent?: string | undefined
  /** How far the databases were that this request changed, for its answer to carry. */
  seen?: string | undefined
}

/** Runs `work` so that everything it causes carries the context. */
export function runWithContext<T>(context: RequestContext, work: () => T): T {
  return surroundings.run({ context, deadline: surroundings.getStore()?.deadline }, work)
}

/** The context of the request or event being served, if any. */
export const currentContext = (): RequestContext | undefined => surroundings.getStore()?.context

/** The correlation id of the request or event being served, if any. */
export const currentCorrelationId = (): string | undefined => surroundings.getStore()?.context?.correlationId
