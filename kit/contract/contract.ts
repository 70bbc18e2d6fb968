import type { Endpoint, EndpointSpec } from './endpoint.ts'
import type { EventDeclaration, GroupDeclaration } from './event.ts'

export type Endpoints = Readonly<Record<string, Endpoint<EndpointSpec>>>

/** What one service promises: endpoints, the events it publishes and the groups it consumes with. */
export type Contract<Name extends string = string, Of extends Endpoints = Endpoints> = {
  name: Name
  endpoints: Of
  events: readonly EventDeclaration[]
  groups: readonly GroupDeclaration[]
  /** The booking of seats stands or falls with a critical service; others degrade. */
  critical: boolean
}

/** Declares a service's contract; throws at import when two endpoints share method and path. */
export function contract<const Name extends string, const Of extends Endpoints>(
  name: Name,
  parts: {
    endpoints: Of
    events?: readonly EventDeclaration[]
    groups?: readonly GroupDeclaration[]
    critical?: boolean
  },
): Contract<Name, Of> {
  const seen = new Map<string, string>()
  for (const [key, one] of Object.entries(parts.endpoints)) {
    const route = `${one.method} ${one.path.replaceAll(/:\w+/g, ':')}`
    const other = seen.get(route)
    if (other) throw new Error(`${name}: ${key} and ${other} are both ${route}`)
    seen.set(route, key)
  }
  return {
    name,
    endpoints: parts.endpoints,
    events: parts.events ?? [],
    groups: parts.groups ?? [],
    critical: parts.critical ?? true,
  }
}
