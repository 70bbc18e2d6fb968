import type { createCancelShow } from './cancel-show.ts'
import type { createChangePeople } from './change-people.ts'
import type { createChangePrices } from './change-prices.ts'
import type { createChangeScreen } from './change-screen.ts'
import type { createChangeShow } from './change-show.ts'
import type { createChangeTheater } from './change-theater.ts'
import type { createCopyDay } from './copy-day.ts'
import type { createScheduleShow } from './schedule-show.ts'
import type { createScheduleShows } from './schedule-shows.ts'
import type { createSeedTheaters } from './seed-theaters.ts'

/** What the routes may ask for. */
export type UseCases = {
  theater: ReturnType<typeof createChangeTheater>
  people: ReturnType<typeof createChangePeople>
  screen: ReturnType<typeof createChangeScreen>
  prices: ReturnType<typeof createChangePrices>
  scheduleShow: ReturnType<typeof createScheduleShow>
  scheduleShows: ReturnType<typeof createScheduleShows>
  copyDay: ReturnType<typeof createCopyDay>
  changeShow: ReturnType<typeof createChangeShow>
  cancelShow: ReturnType<typeof createCancelShow>
  seedTheaters: ReturnType<typeof createSeedTheaters>
}
