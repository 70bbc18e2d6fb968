import { moviesContract } from '@marquee/contracts/movies'
import { watchlistContract } from '@marquee/contracts/watchlist'
import { every } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { createChangeList } from './change-list.ts'
import { watchlistConfig } from './config.ts'
import { createCopyFilmsOnce, createFilmCopy } from './film-copy.ts'
import { createForgetPerson, createHeedErasure } from './forget-person.ts'
import { createLookAround } from './look-around.ts'
import { createMove } from './move.ts'
import { onErasure, onMovies, onShows } from './on-events.ts'
import { createReadList } from './read-list.ts'
import { createRoutes } from './routes.ts'
import { forgetShows } from './show-store.ts'
import { createTellNearby } from './tell-nearby.ts'
import { createTellOnce } from './tell-once.ts'
import { homes as homesCollection, wishes as wishesCollection } from './wishes.ts'

export const watchlist = defineService({
  name: 'watchlist',
  contract: watchlistContract,
  config: watchlistConfig,
  migrations: new URL('../migrations/', import.meta.url),
  poolSize: 5,
  start: async ({ config, db, reads, documents, clock, connect }) => {
    const wishes = await documents.open(wishesCollection)
    const homes = await documents.open(homesCollection)
    const movies = connect(moviesContract)
    const films = createFilmCopy({ db, movies })
    const tellOnce = createTellOnce(wishes)
    const forgetPerson = createForgetPerson({ db, wishes, homes })
    const heedErasure = createHeedErasure({ db, forgetPerson })
    const changes = createChangeList({ db, wishes, homes, films, tellOnce, heedErasure, clock })
    const telling = { db, wishes, homes, tellOnce, pageSize: config.tellAtOnce }
    return {
      implementation: createRoutes({
        wishes,
        homes,
        move: createMove({ db, homes, heedErasure }),
        changes,
        lists: createReadList({ db, wishes }),
        reads,
      }),
      subscriptions: [onMovies(), onShows(), onErasure({ db, forgetPerson })],
      jobs: [
        every('tell-nearby', { milliseconds: 1000 }, createTellNearby(telling)),
        every('look-around', { milliseconds: 1000 }, createLookAround(telling)),
        every('copy-films-once', { milliseconds: 1000 }, createCopyFilmsOnce({ db, movies })),
        every('forget-shows', { milliseconds: 3_600_000 }, () => forgetShows(db)),
      ],
    }
  },
})
