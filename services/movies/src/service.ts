import { moviesContract } from '@marquee/contracts/movies'
import { defineService } from '@marquee/kit/service'
import { createChangeMovies } from './change-movies.ts'
import { Config } from './config.ts'
import { forgetAfter } from './forget-after.ts'
import { createImportMovies } from './import-movies.ts'
import { createAnnounce } from './movie-changed.ts'
import { createMovieView } from './movie-view.ts'
import { createRoutes } from './routes.ts'

export const movies = defineService({
  name: 'movies',
  contract: moviesContract,
  config: Config,
  migrations: new URL('../migrations/', import.meta.url),
  start: async ({ db: plainDb, cache, events, ids }) => {
    const db = forgetAfter(plainDb, cache, ['movies'])
    const announce = createAnnounce(events)
    const deps = { db, announce, newId: ids.uuid }
    return {
      implementation: createRoutes({
        view: createMovieView(db),
        changes: createChangeMovies(deps),
        importMovies: createImportMovies(deps),
      }),
    }
  },
})
