import type { EndpointSpec } from './endpoint.ts'
import type { RawInput } from './invoke.ts'

const known = new Map<string, readonly string[]>()
/** A pattern's texts and the parameters between them, in turn. There are as many patterns as endpoints. */
const partsOf = (pattern: string): readonly string[] =>
  known.getOrInsertComputed(pattern, () => pattern.split(/:(\w+)/))

/** The request path of a call, parameters filled in and query appended. */
export function pathFor(spec: Pick<EndpointSpec, 'path'>, raw: RawInput): string {
  const params = (raw.params ?? {}) as Record<string, unknown>
  const path = partsOf(spec.path).reduce((path, part, at) =>
    at % 2 === 0 ? path + part : path + encodeURIComponent(String(params[part])),
  )
  const search = searchFor((raw.query ?? {}) as Record<string, unknown>)
  return search ? `${path}?${search}` : path
}

function searchFor(query: Record<string, unknown>): string {
  const names = Object.keys(query)
  if (names.length === 0) return ''
  const search = new URLSearchParams()
  for (const name of names) {
    const value = query[name]
    if (value === undefined || value === null) continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  return search.toString()
}
