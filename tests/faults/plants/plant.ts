import { registerHooks } from 'node:module'

/**
 * Puts a bug into one module of the server that is about to start, as its source is read. Nothing of the product
 * knows of it; a plant whose place is no longer there ends the start, so that none goes stale unseen.
 */
export function plantBug({
  file,
  changes,
}: {
  file: string
  changes: readonly [find: string, put: string][]
}) {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.endsWith(`/${file}`)) return loaded
      let source = String(loaded.source)
      for (const [find, put] of changes) {
        if (!source.includes(find)) throw new Error(`${file} no longer says: ${find}`)
        source = source.replace(find, () => put)
      }
      return { ...loaded, source }
    },
  })
}
