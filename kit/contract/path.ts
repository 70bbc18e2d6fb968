import type { EndpointSpec } from './endpoint.ts'
import type { RawInput } from './invoke.ts'

/** The request path of a call, parameters filled in and query appended. */
export function pathFor(spec: Pick<EndpointSpec, 'path'>, raw: RawInput): string {
  const params = (raw.params ?? {}) as Record<string, unknown>
  const path = spec.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((raw.query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null) continue
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one))
  }
  const search = query.toString()
  return search ? `${path}?${search}` : path
}
