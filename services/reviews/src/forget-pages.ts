import type { Cache } from '@marquee/kit/cache'

type Deps = {
  cache: Pick<Cache, 'invalidate'>
  people: { find: (ids: readonly string[]) => Promise<ReadonlyMap<string, { handle: string }>> }
}
type Changed = { movies?: readonly string[]; people?: readonly (string | null)[] }

/** Drops cached pages: the reviews of films, the profiles of people. Whoever asks after it resolves sees the change. */
export function createForgetPages({ cache, people }: Deps) {
  return async ({ movies = [], people: ids = [] }: Changed): Promise<void> => {
    const wanted = [...new Set(ids.flatMap((id) => id ?? []))]
    const profiles = wanted.length > 0 ? [...(await people.find(wanted)).values()] : []
    await cache.invalidate([
      ...new Set(movies.map((movieId) => `reviews:${movieId}`)),
      ...profiles.map(({ handle }) => `person:${handle}`),
    ])
  }
}
export type ForgetPages = ReturnType<typeof createForgetPages>
