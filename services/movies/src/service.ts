import { moviesContract } from '@marquee/contracts/movies'
import { every } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { createChangeMovies } from './change-movies.ts'
import { Config } from './config.ts'
import { forgetAfter } from './forget-after.ts'
import { createImportMovies } from './import-movies.ts'
import { createAnnounce } from './movie-changed.ts'
import { createMovieView } from './movie-view.ts'
import { createAskOmdb } from './omdb/ask-omdb.ts'
import { createImportFromOmdb } from './omdb/import-from-omdb.ts'
import { createOmdbStore } from './omdb/omdb-store.ts'
import { createRefreshFromOmdb } from './omdb/refresh-from-omdb.ts'
import { createRoutes } from './routes.ts'

export const movies = defineService({
  name: 'movies',
  contract: moviesContract,
  config: Config,
  migrations: new URL('../migrations/', import.meta.url),
  start: async ({ db: plainDb, cache, config, events, ids, log, metrics }) => {
    const db = forgetAfter(plainDb, cache, ['movies'])
    const announce = createAnnounce(events)
    const deps = { db, announce, newId: ids.uuid }
    const view = createMovieView(db)
    const changes = createChangeMovies(deps)
    const importMovies = createImportMovies(deps)
    const store = createOmdbStore(plainDb)
    const askOmdb = createAskOmdb({ config, store, log, metrics })
    const refresh = createRefreshFromOmdb({ db, askOmdb, store, changes, dailyQuota: config.omdbDailyQuota })
    return {
      implementation: createRoutes({
        view,
        changes,
        importMovies,
        importFromOmdb: createImportFromOmdb({ askOmdb, importMovies, view }),
      }),
      jobs: [every('refresh-from-omdb', { milliseconds: 600_000 }, refresh)],
    }
  },
})
