import { moviesContract } from '@marquee/contracts/movies'
import { recommendationsContract } from '@marquee/contracts/recommendations'
import { every } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { recommendationsConfig } from './config.ts'
import { createRecommendationsMetrics } from './metrics.ts'
import { createAside } from './model/aside.ts'
import { onErasure, onRatings, onWatchlist } from './on-events.ts'
import { createPickByGenre } from './pick-by-genre.ts'
import { createRecommend } from './recommend.ts'
import { createRefreshNeighbours } from './refresh-neighbours.ts'
import { createRoutes } from './routes.ts'

export const recommendations = defineService({
  name: 'recommendations',
  contract: recommendationsContract,
  config: recommendationsConfig,
  migrations: new URL('../migrations/', import.meta.url),
  poolSize: 4,
  start: async ({ config, db, reads, flags, log, metrics, connect }) => {
    const { patienceMilliseconds, restSeconds } = config
    const movies = connect(moviesContract)
    const counted = createRecommendationsMetrics(metrics)
    const aside = createAside()
    const pickByGenre = createPickByGenre({ db, movies })
    const recommend = createRecommend({
      reads,
      flags,
      movies,
      pickByGenre,
      patienceMilliseconds,
      log,
      metrics,
      counted,
    })
    const refresh = createRefreshNeighbours({ db, aside, restSeconds, metrics: counted })
    return {
      implementation: createRoutes({ db, recommend, aside }),
      subscriptions: [onRatings(), onWatchlist(), onErasure()],
      jobs: [every('refresh-neighbours', { milliseconds: 2000 }, refresh)],
      stop: aside.stop,
    }
  },
})
