/** Something read at a moment, from sources named by tags. */
export type Dated = { begun: number; tags: readonly string[] }

export type TagGenerations = {
  /** The moment now, to be taken before reading. */
  now(): number
  invalidate(tags: readonly string[]): void
  /** Every tag at once, those never heard of too. */
  invalidateAll(): void
  /** Whether nothing it was made from, nor any of the `also` tags, was invalidated since it was begun. */
  isCurrent(dated: Dated, also?: readonly string[]): boolean
}

/**
 * When each tag was last invalidated, on a counter that moves with every invalidation. Remembers at most
 * `remembered` tags: past that, what is older than the longest forgotten tag counts as out of date.
 */
export function createTagGenerations(remembered = 100_000): TagGenerations {
  const generations = new Map<string, number>()
  let counter = 0
  let forgotten = 0

  const since = (tags: readonly string[], begun: number) =>
    tags.some((tag) => (generations.get(tag) ?? forgotten) > begun)

  return {
    now: () => counter,
    invalidate(tags) {
      counter += 1
      for (const tag of tags) {
        // Deleted first, so that the map stays in order of invalidation.
        generations.delete(tag)
        generations.set(tag, counter)
      }
      for (const [tag, generation] of generations) {
        if (generations.size <= remembered) break
        generations.delete(tag)
        forgotten = generation
      }
    },
    invalidateAll() {
      counter += 1
      generations.clear()
      forgotten = counter
    },
    isCurrent: ({ begun, tags }, also = []) => !since(tags, begun) && !since(also, begun),
  }
}
