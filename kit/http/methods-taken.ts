import type { FastifyInstance } from 'fastify'

/**
 * Tells which methods an address under /api takes, in alphabetical order; none for an address that is no route. Looks
 * through all routes: for who is refused anyway. Call it before the first route is registered.
 */
export function methodsTaken(app: FastifyInstance): (url: string) => string[] {
  const methodsOf = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    if (!url.startsWith('/api/') || url.includes('*')) return
    const methods = methodsOf.getOrInsertComputed(url, () => new Set())
    for (const one of [method].flat()) methods.add(one)
  })
  let patterns: { path: RegExp; methods: Set<string> }[] | undefined

  return (url) => {
    if (!url.startsWith('/api/')) return []
    const [path = ''] = url.split('?', 1)
    patterns ??= [...methodsOf].map(([route, methods]) => ({ path: patternOf(route), methods }))
    const found = patterns.filter((pattern) => pattern.path.test(path))
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].toSorted()
  }
}

function patternOf(route: string): RegExp {
  const fixed = route.split(/:\w+/).map((part) => RegExp.escape(part))
  return new RegExp(`^${fixed.join('[^/]+')}$`)
}
