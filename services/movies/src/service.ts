import { moviesContract } from '@marquee/contracts/movies'
import { every } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { onActivity } from './activity/on-activity.ts'
import { createRefreshTrending } from './activity/refresh-trending.ts'
import { createWeighRatings } from './activity/weigh-ratings.ts'
import { createChangeMovies } from './change-movies.ts'
import { Config } from './config.ts'
import { createFilmShelves } from './film-shelves.ts'
import { createFindMatches } from './find-matches.ts'
import { createForget } from './forget.ts'
import { createImportMovies } from './import-movies.ts'
import { createAnnounce } from './movie-changed.ts'
import { createMovieView } from './movie-view.ts'
import { createAskOmdb } from './omdb/ask-omdb.ts'
import { createImportFromOmdb } from './omdb/import-from-omdb.ts'
import { createOmdbStore } from './omdb/omdb-store.ts'
import { createRefreshFromOmdb } from './omdb/refresh-from-omdb.ts'
import { createRoutes } from './routes.ts'
import { filmIndex } from './search/film-index.ts'
import { createIndexFilms } from './search/index-films.ts'
import { createSearchFilms } from './search/search-films.ts'
import { createTold } from './told.ts'

export const movies = defineService({
  name: 'movies',
  poolSize: 4,
  contract: moviesContract,
  config: Config,
  migrations: new URL('../migrations/', import.meta.url),
  start: async ({ db, reads, cache, config, events, ids, log, metrics, search }) => {
    const forget = createForget(cache)
    const announce = createAnnounce(events)
    const index = await search.open(filmIndex)
    const indexFilms = createIndexFilms({ db, index })
    const told = createTold({ indexFilms, forget, log })
    const deps = { db, announce, told, newId: ids.uuid }
    const view = createMovieView(db)
    const searchFilms = createSearchFilms({ index, view })
    const shelves = createFilmShelves({ db, cache })
    const changes = createChangeMovies(deps)
    const importMovies = createImportMovies(deps)
    const store = createOmdbStore(db)
    const askOmdb = createAskOmdb({ config, store, log, metrics })
    const refresh = createRefreshFromOmdb({ db, askOmdb, store, changes, dailyQuota: config.omdbDailyQuota })
    return {
      implementation: createRoutes({
        view,
        viewFor: (caller) => createMovieView(reads.for(caller)),
        search: searchFilms,
        shelves,
        changes,
        importMovies,
        importFromOmdb: createImportFromOmdb({ askOmdb, importMovies, shelves }),
        findMatches: createFindMatches({ db, suggest: index.suggest, years: view.yearsOf }),
      }),
      subscriptions: [onActivity(forget)],
      jobs: [
        every('index-films', { milliseconds: 2000 }, indexFilms.rest),
        every('show-figures', { milliseconds: 1000 }, forget.figures),
        every('weigh-ratings', { milliseconds: 15_000 }, createWeighRatings({ db, forget })),
        every('refresh-trending', { milliseconds: 60_000 }, createRefreshTrending({ db, forget })),
        every('refresh-from-omdb', { milliseconds: 600_000 }, refresh),
      ],
      // Events have ended by then, and nobody else tells what the last of them changed.
      stop: forget.figures,
    }
  },
})
