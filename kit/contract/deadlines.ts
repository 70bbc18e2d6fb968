import type { EndpointSpec } from './endpoint.ts'

const usual = 5000
let overrides: ReadonlyMap<object, number> = new Map()

/** How long a call of an endpoint may take, in milliseconds: what this process was told, or the endpoint's own word. */
export const deadlineOf = (spec: Pick<EndpointSpec, 'timeoutMs'>): number =>
  overrides.get(spec) ?? spec.timeoutMs ?? usual

/** How long an answer may take in all: the endpoint's own, then what its fallback says instead. */
export const longestAnswerOf = (spec: Pick<EndpointSpec, 'timeoutMs' | 'fallback'>): number =>
  deadlineOf(spec) + (spec.fallback ? deadlineOf(spec.fallback.endpoint) : 0)

/** Tells this process other deadlines for some endpoints, for those who call as for those who answer. */
export function overrideDeadlines(milliseconds: ReadonlyMap<object, number>): void {
  overrides = milliseconds
}
