import type { bookingContract } from '@marquee/contracts/booking'
import { fail, type Handlers, reply } from '@marquee/kit/contract'
import type { Reads } from '@marquee/kit/service'
import type { Database } from '@marquee/kit/sql'
import { refuse } from './refuse.ts'
import { createRestSales } from './rest-sales.ts'
import { readCancellation, readSales, readSeatsLeft, readTakenSeats } from './sales-view.ts'
import type { createSeedOrders } from './seed-orders.ts'

type Names = 'showSales' | 'cancellationPreview' | 'seatsLeft' | 'soldSeats' | 'resumeSales' | 'seedOrders'
export type OfficeRoutes = Pick<Handlers<(typeof bookingContract)['endpoints']>, Names>

export function createOfficeRoutes(deps: {
  db: Database
  reads: Reads
  seedOrders: ReturnType<typeof createSeedOrders>
}): OfficeRoutes {
  const { db, reads, seedOrders } = deps
  const sales = createRestSales({ db })
  return {
    async showSales({ theaterId, from, to = from }, { caller }) {
      const figures = await readSales(reads.for(caller), { theaterId, from, to })
      const items = figures.map(({ takings, givenBack, currency, ...rest }) => ({
        ...rest,
        takings: { amount: takings, currency },
        givenBack: { amount: givenBack, currency },
      }))
      return { items }
    },

    async cancellationPreview({ showId }) {
      const touched = await readCancellation(db, showId)
      if (!touched) return fail('not-found')
      const { money, currency, ...counts } = touched
      return { ...counts, money: { amount: money, currency } }
    },

    seatsLeft: async ({ showIds }) => ({ items: await readSeatsLeft(db, showIds) }),

    async soldSeats({ showIds, restSeconds, rest }) {
      if (restSeconds === 0) return { items: await readTakenSeats(db, showIds) }
      const rested = await sales.rest(showIds, restSeconds, rest)
      return rested.ok ? { items: rested.items } : refuse(rested)
    },

    async resumeSales({ showIds, restId }) {
      await sales.resume(showIds, restId)
      return reply(204, undefined)
    },

    async seedOrders({ showId, leave }) {
      const sold = await seedOrders(showId, leave)
      return sold === undefined ? fail('not-found') : { sold }
    },
  }
}
