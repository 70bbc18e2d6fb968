import { AsyncLocalStorage } from 'node:async_hooks'

/** What follows a request through every call, log line and event it causes. */
export type RequestContext = {
  correlationId: string
  traceparent?: string | undefined
  /** How far the databases were that this request changed, for its answer to carry. */
  seen?: string | undefined
}

const storage = new AsyncLocalStorage<RequestContext>()

/** Runs `work` so that everything it causes carries the context. */
export function runWithContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work)
}

/** The context of the request or event being served, if any. */
export const currentContext = (): RequestContext | undefined => storage.getStore()

/** The correlation id of the request or event being served, if any. */
export const currentCorrelationId = (): string | undefined => storage.getStore()?.correlationId
