/** Remembers the latest `size` to twice as many ids, and forgets the older half at once. */
export function createRecentSet(size: number): { add: (id: string) => void; has: (id: string) => boolean } {
  let young = new Set<string>()
  let old = new Set<string>()
  return {
    add(id) {
      young.add(id)
      if (young.size < size) return
      old = young
      young = new Set()
    },
    has: (id) => young.has(id) || old.has(id),
  }
}
