import { endpoint, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import {
  AccessFeature,
  Instant,
  LayoutId,
  LocalDate,
  LocalDateTime,
  MovieId,
  Near,
  Price,
  PriceCardId,
  page,
  paging,
  ScreenId,
  SeatId,
  ShowId,
  TheaterId,
  TimeZone,
  text,
  Version,
  Zone,
} from '../common.ts'
import { byTheater } from './parts.ts'
import { ShowPrice, ZonePrice } from './prices.ts'
import { ShowDraft } from './show-draft.ts'

export const Show = z.object({
  id: ShowId,
  movieId: MovieId,
  movieTitle: z.string(),
  theaterId: TheaterId,
  theaterName: z.string(),
  screenId: ScreenId,
  screenName: z.string(),
  startsAt: Instant,
  localStart: z.string(),
  timeZone: TimeZone,
  /** The cinema day it belongs to: the midnight show belongs to the evening before. */
  day: LocalDate,
  runtimeMinutes: z.int(),
  format: z.string().nullable(),
  language: z.string().nullable(),
  subtitles: z.string().nullable(),
  access: z.array(AccessFeature),
  priceFrom: Price,
  /** May be five seconds old. */
  seatsLeft: z.int(),
  availability: z.enum(['good', 'few', 'none']),
  salesFrom: Instant,
  onlineUntil: Instant,
  counterUntil: Instant,
})
export type Show = z.infer<typeof Show>
export const ShowDetail = Show.extend({
  prices: z.array(ShowPrice),
  layoutId: LayoutId,
  status: z.enum(['scheduled', 'cancelled']),
  version: Version,
})
export type ShowDetail = z.infer<typeof ShowDetail>
const screenBusy = problem('screen-busy', {
  show: z.object({
    id: ShowId,
    movieTitle: z.string(),
    startsAt: Instant,
    localStart: z.string(),
    busyUntil: Instant,
  }),
})
export const listShows = endpoint({
  method: 'GET',
  path: '/api/shows',
  summary: 'Upcoming shows, soonest first',
  access: ['anyone'],
  cache: { seconds: 3, staleSeconds: 2, tags: ['shows'] },
  query: z.object({
    movieId: MovieId.optional(),
    theaterId: TheaterId.optional(),
    date: LocalDate.optional(),
    near: Near.optional(),
    radiusKm: z.coerce.number().positive().max(20_000).optional(),
    access: AccessFeature.optional(),
    ...paging,
  }),
  responses: { 200: page(Show) },
})
export const getShow = endpoint({
  method: 'GET',
  path: '/api/shows/:showId',
  summary: 'One show with its prices',
  access: ['anyone'],
  cache: { seconds: 3, staleSeconds: 2, tags: ['shows'] },
  params: z.object({ showId: ShowId }),
  responses: { 200: ShowDetail },
})
export const createShow = endpoint({
  method: 'POST',
  path: '/api/theaters/:theaterId/shows',
  summary: 'Put a show on sale',
  access: ['owner'],
  params: byTheater,
  body: ShowDraft,
  responses: {
    201: ShowDetail,
    409: screenBusy,
    422: problem('ambiguous-time', { choices: z.array(z.string()) }),
  },
})
/** Why a show was not repeated; `zones` names what has no price, `clash` what is on. */
export const CopySkip = z.enum([
  'film-gone',
  'screen-gone',
  'screen-busy',
  'ambiguous-time',
  'no-such-time',
  'past',
  'too-far',
  'no-price-card',
  'prices-wrong',
  'zone-unpriced',
])
export const CopySkipped = z.object({
  localStart: z.string(),
  screenName: z.string(),
  movieTitle: z.string(),
  reason: CopySkip,
  zones: z.array(Zone).optional(),
  clash: z.object({ movieTitle: z.string(), localStart: z.string() }).optional(),
})
export const copyDay = endpoint({
  method: 'POST',
  path: '/api/theaters/:theaterId/shows/copy-day',
  summary: "Repeat one day's shows on other days",
  access: ['owner'],
  params: byTheater,
  body: z.object({ from: LocalDate, to: z.array(LocalDate).min(1).max(31) }),
  responses: {
    201: z.object({
      created: z.array(ShowDetail),
      skipped: z.array(CopySkipped),
    }),
  },
})
export const updateShow = endpoint({
  method: 'PATCH',
  path: '/api/shows/:showId',
  summary:
    'Move or change a show; who left an address with tickets for it is told of another time or screen by mail',
  access: ['owner'],
  params: z.object({ showId: ShowId }),
  body: z
    .object({
      screenId: ScreenId,
      localStart: LocalDateTime,
      format: text(30).nullable(),
      language: text(30).nullable(),
      subtitles: text(30).nullable(),
      access: z.array(AccessFeature).max(4),
      priceCardId: PriceCardId,
      prices: z.array(ZonePrice).min(1).max(500),
    })
    .partial(),
  responses: {
    200: ShowDetail,
    409: [screenBusy, problem('seats-sold', { seats: z.array(SeatId) }), problem('show-cancelled')],
    422: problem('ambiguous-time', { choices: z.array(z.string()) }),
  },
})
export const cancelShow = endpoint({
  method: 'DELETE',
  path: '/api/shows/:showId',
  summary: 'Cancel a show and refund everyone',
  access: ['owner'],
  params: z.object({ showId: ShowId }),
  responses: { 204: nothing },
})
/** The owner's programme of a day: past, present and cancelled shows too. */
export const listTheaterShows = endpoint({
  method: 'GET',
  path: '/api/theaters/:theaterId/shows',
  summary: "A theater's own programme of some days",
  access: ['staff'],
  params: byTheater,
  query: z.object({ from: LocalDate, to: LocalDate.optional() }),
  responses: {
    200: z.object({
      items: z.array(
        ShowDetail.extend({
          busyFrom: Instant,
          busyUntil: Instant,
          trailerMinutes: z.int(),
          cleaningMinutes: z.int(),
          capacity: z.int(),
        }),
      ),
    }),
  },
})
