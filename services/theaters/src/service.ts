import { setTimeout as pause } from 'node:timers/promises'
import { bookingContract } from '@marquee/contracts/booking'
import { identityContract } from '@marquee/contracts/identity'
import { moviesContract } from '@marquee/contracts/movies'
import { theatersContract, theatersErasureGroup, theatersMoviesGroup } from '@marquee/contracts/theaters'
import { every, on } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { createAnnounce } from './announce.ts'
import { createCancelShow } from './cancel-show.ts'
import { createCancelShowsOfClosed } from './cancel-shows-of-closed.ts'
import { createChangePeople } from './change-people.ts'
import { createChangePrices } from './change-prices.ts'
import { createChangeScreen } from './change-screen.ts'
import { createChangeShow } from './change-show.ts'
import { createChangeTheater } from './change-theater.ts'
import { Config } from './config.ts'
import { createCopyDay } from './copy-day.ts'
import { forgetAfter } from './forget-after.ts'
import { createForgetPerson } from './forget-person.ts'
import { changeAndIndex, createIndexTheaters, seedAndIndex } from './index-theaters.ts'
import { createKnowMovies } from './know-movies.ts'
import { createOnMovieChanged } from './on-movie-changed.ts'
import { createRoutes } from './routes.ts'
import { createScheduleShow } from './schedule-show.ts'
import { createScheduleShows } from './schedule-shows.ts'
import { createSeatsLeft } from './seats-left.ts'
import { createSeedTheaters } from './seed-theaters.ts'
import { createShowView } from './show-view.ts'
import { createRestSales } from './sold-seats.ts'
import { theaterIndex } from './theater-index.ts'
import { createTheaterView } from './theater-view.ts'

export const theaters = defineService({
  name: 'theaters',
  contract: theatersContract,
  config: Config,
  migrations: new URL('../migrations/', import.meta.url),
  start: async ({ db: plainDb, cache, events, ids, clock, connect, search, log }) => {
    const db = forgetAfter(plainDb, cache, ['theaters', 'shows'])
    const announce = createAnnounce(events)
    const booking = connect(bookingContract)
    const knowMovies = createKnowMovies({ db, movies: connect(moviesContract) })
    const restSales = createRestSales({ booking, newId: ids.uuid, pause })
    const deps = { db, announce, knowMovies, restSales, newId: ids.uuid }
    const index = await search.open(theaterIndex)
    const indexTheaters = createIndexTheaters({ db: plainDb, cache, log, index })
    if (!(await index.isFilled())) await indexTheaters.all()
    const onMovieChanged = createOnMovieChanged(announce)
    const forgetPerson = createForgetPerson(announce)
    return {
      implementation: createRoutes({
        db,
        theaters: createTheaterView(db, index),
        shows: createShowView(db, createSeatsLeft({ booking, clock })),
        use: {
          theater: changeAndIndex(createChangeTheater(deps), indexTheaters),
          people: createChangePeople({ db, announce, identity: connect(identityContract) }),
          screen: createChangeScreen(deps),
          prices: createChangePrices(deps),
          scheduleShow: createScheduleShow(deps),
          scheduleShows: createScheduleShows(deps),
          copyDay: createCopyDay(deps),
          changeShow: createChangeShow(deps),
          cancelShow: createCancelShow(deps),
          seedTheaters: seedAndIndex(createSeedTheaters(deps), indexTheaters),
        },
      }),
      jobs: [
        every('cancel-shows-of-closed', { milliseconds: 10_000 }, createCancelShowsOfClosed(deps)),
        every('index-theaters', { milliseconds: 60_000 }, indexTheaters.all),
      ],
      subscriptions: [
        on(
          theatersMoviesGroup,
          { 'movie.changed.v1': (event, tx) => onMovieChanged(event.payload, tx) },
          { together: 50 },
        ),
        on(theatersErasureGroup, { 'user.erased.v1': ({ payload }, tx) => forgetPerson(payload.userId, tx) }),
      ],
    }
  },
})
