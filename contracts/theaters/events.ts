import { event } from '@marquee/kit/contract'
import { z } from 'zod'
import {
  Currency,
  Instant,
  LayoutId,
  LocalDate,
  Location,
  MovieId,
  Price,
  ScreenId,
  ShowId,
  TheaterId,
  TimeZone,
  Version,
} from '../common.ts'
import { Layout } from './layouts.ts'
import { ShowPrice } from './prices.ts'

/** Everything booking needs to sell a show, whole each time. */
export const ShowFacts = z.object({
  showId: ShowId,
  version: Version,
  theaterId: TheaterId,
  theaterName: z.string(),
  theaterAddress: z.string(),
  /** Absent from events of before theaters told it. */
  city: z.string().optional(),
  /** Absent from events of before theaters told it. */
  location: Location.optional(),
  screenId: ScreenId,
  screenName: z.string(),
  movieId: MovieId,
  movieTitle: z.string(),
  runtimeMinutes: z.int(),
  distributor: z.string().nullable(),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: TimeZone,
  localStart: z.string(),
  day: LocalDate,
  layoutId: LayoutId,
  prices: z.array(ShowPrice),
  taxRatePermille: z.int(),
  bookingFee: Price,
  currency: Currency,
  salesFrom: Instant,
  onlineUntil: Instant,
  counterUntil: Instant,
  refundCutoffMinutes: z.int(),
})
export type ShowFacts = z.infer<typeof ShowFacts>
export const showScheduled = event('show.scheduled.v1', ShowFacts)
export const showChanged = event('show.changed.v1', ShowFacts)
export const showCancelled = event('show.cancelled.v1', z.object({ showId: ShowId, version: Version }))
/** A layout first used here; published before any show that needs it. */
export const layoutPublished = event('layout.published.v1', Layout)
