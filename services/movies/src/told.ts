import type { Logger } from '@marquee/kit/telemetry'
import type { Forget } from './forget.ts'
import type { IndexFilms } from './search/index-films.ts'

/** Films have changed: after this they are found and shown as they are now. To be called after the commit. */
export type Told = (ids: readonly string[]) => Promise<void>

type Deps = { indexFilms: IndexFilms; forget: Forget; log: Logger }

export function createTold({ indexFilms, forget, log }: Deps): Told {
  return async (ids) => {
    try {
      // Found first: a list that is made from now on may be kept.
      await indexFilms.films(ids)
    } catch (error) {
      // They are committed and stay marked: the job brings them in.
      log.warn({ err: error, films: ids.length }, 'changed films are not in the search index yet')
    }
    await forget.films(ids)
  }
}
