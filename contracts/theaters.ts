import { contract, endpoint, event, group, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import {
  AccessFeature,
  Channel,
  Currency,
  Instant,
  LayoutId,
  LocalDate,
  LocalDateTime,
  Location,
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
  TheaterRole,
  TicketTypeKey,
  TimeZone,
  text,
  UserId,
  Version,
  Zone,
} from './common.ts'
import { movieChanged } from './movies.ts'
import { theaterPeopleChanged } from './theater-events.ts'

export { theaterPeopleChanged }

export const SeatKind = z.enum(['standard', 'wheelchair', 'companion', 'sofa'])
export const LayoutSeat = z.object({
  id: SeatId,
  row: z.string().max(10),
  number: z.string().max(10),
  label: z.string().max(30),
  x: z.number(),
  y: z.number(),
  zone: Zone,
  kind: SeatKind,
  /** An aisle or wall touches the seat on that side. */
  aisle: z.enum(['left', 'right', 'both']).optional(),
  restrictedView: z.boolean().optional(),
})
export type LayoutSeat = z.infer<typeof LayoutSeat>
export const Layout = z.object({
  id: LayoutId,
  width: z.number(),
  height: z.number(),
  seats: z.array(LayoutSeat),
})
export type Layout = z.infer<typeof Layout>
/** A layout as an object, as text rows (`"A: 1-10 _ 11-20"`), or as a pretix seating plan. */
export const LayoutInput = z.union([
  z.string().min(1).max(100_000),
  z.object({ width: z.number(), height: z.number(), seats: z.array(LayoutSeat).min(1).max(5000) }),
  z.looseObject({ zones: z.array(z.looseObject({})).min(1) }),
])

export const Theater = z.object({
  id: TheaterId,
  name: z.string(),
  address: z.string(),
  city: z.string(),
  country: z.string(),
  location: Location.nullable(),
  timeZone: TimeZone,
  currency: Currency,
  distanceKm: z.number().optional(),
})
export const Screen = z.object({
  id: ScreenId,
  name: z.string(),
  layoutId: LayoutId,
  seats: z.int(),
  cleaningMinutes: z.int(),
  trailerMinutes: z.int(),
})
export const TheaterDetail = Theater.extend({
  screens: z.array(Screen),
  dayStartsAt: z.string(),
  refundCutoffMinutes: z.int(),
  /** Per mille of tax contained in prices: 190 is 19%. */
  taxRatePermille: z.int(),
  bookingFee: Price,
  version: Version,
})
export const TicketType = z.object({
  key: TicketTypeKey,
  name: z.string(),
  /** What is shown at the door: `Student card`. */
  proof: z.string().nullable(),
  channels: z.array(Channel),
  /** Sold only beside one of these: a companion beside a wheelchair ticket. */
  requires: z.array(TicketTypeKey),
})
export const ZonePrice = z.object({ zone: Zone, ticketType: TicketTypeKey, price: Price })
export const PriceCard = z.object({
  id: PriceCardId,
  name: z.string(),
  /** 1 Monday to 7 Sunday; every day when absent. */
  days: z.array(z.int().min(1).max(7)).nullable(),
  from: z.iso.time({ precision: -1 }).nullable(),
  until: z.iso.time({ precision: -1 }).nullable(),
  prices: z.array(ZonePrice),
})

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
export const ShowPrice = ZonePrice.extend({
  name: z.string(),
  proof: z.string().nullable(),
  channels: z.array(Channel),
  requires: z.array(TicketTypeKey),
})
export const ShowDetail = Show.extend({
  prices: z.array(ShowPrice),
  layoutId: LayoutId,
  status: z.enum(['scheduled', 'cancelled']),
  version: Version,
})
export type ShowDetail = z.infer<typeof ShowDetail>

const theaterFields = {
  name: text(120),
  address: text(200),
  city: text(100),
  country: text(60),
  timeZone: TimeZone,
  location: Location.nullable(),
  currency: Currency,
  dayStartsAt: z.iso.time({ precision: -1 }),
  refundCutoffMinutes: z.int().min(0).max(20_000),
  taxRatePermille: z.int().min(0).max(500),
  bookingFee: z.int().min(0).max(10_000),
}
const byTheater = z.object({ theaterId: TheaterId })

export const listTheaters = endpoint({
  method: 'GET',
  path: '/api/theaters',
  summary: 'Theaters by name, city or distance',
  access: ['anyone'],
  cache: { seconds: 30, staleSeconds: 300, tags: ['theaters'] },
  query: z.object({
    q: z.string().trim().max(200).optional(),
    near: Near.optional(),
    radiusKm: z.coerce.number().positive().max(20_000).optional(),
    ...paging,
  }),
  responses: { 200: page(Theater) },
})
export const getTheater = endpoint({
  method: 'GET',
  path: '/api/theaters/:theaterId',
  summary: 'One theater with its screens',
  access: ['anyone'],
  cache: { seconds: 30, staleSeconds: 300, tags: ['theaters', 'theater:{theaterId}'] },
  params: byTheater,
  responses: { 200: TheaterDetail },
})
export const createTheater = endpoint({
  method: 'POST',
  path: '/api/theaters',
  summary: 'Open a theater; whoever does becomes its owner',
  access: ['user'],
  body: z.object({
    name: theaterFields.name,
    address: theaterFields.address,
    city: theaterFields.city,
    country: theaterFields.country,
    timeZone: theaterFields.timeZone,
    location: theaterFields.location.default(null),
    currency: theaterFields.currency,
    dayStartsAt: theaterFields.dayStartsAt.default('05:00'),
    refundCutoffMinutes: theaterFields.refundCutoffMinutes.default(60),
    taxRatePermille: theaterFields.taxRatePermille.default(0),
    bookingFee: theaterFields.bookingFee.default(0),
  }),
  responses: { 201: TheaterDetail },
})
export const updateTheater = endpoint({
  method: 'PATCH',
  path: '/api/theaters/:theaterId',
  summary: 'Change a theater',
  access: ['owner'],
  params: byTheater,
  body: z.object(theaterFields).omit({ currency: true }).partial(),
  responses: { 200: TheaterDetail },
})
/**
 * Takes the theater out of the programme and stops its sales; refused while it has upcoming shows unless `cancelShows`.
 * Within a day `restoreTheater` brings it back with its shows. They are cancelled after that day, or two hours before
 * they start if that is sooner, though never within 15 minutes of the closing.
 */
export const closeTheater = endpoint({
  method: 'DELETE',
  path: '/api/theaters/:theaterId',
  summary: 'Close a theater',
  access: ['owner'],
  params: byTheater,
  query: z.object({ cancelShows: z.stringbool().default(false) }),
  responses: { 204: nothing, 409: problem('shows-planned', { shows: z.int() }) },
})
export const restoreTheater = endpoint({
  method: 'POST',
  path: '/api/theaters/:theaterId/restore',
  summary: 'Reopen a closed theater',
  access: ['owner'],
  params: byTheater,
  responses: { 200: TheaterDetail },
})
export const listPeople = endpoint({
  method: 'GET',
  path: '/api/theaters/:theaterId/people',
  summary: 'Who works here',
  access: ['owner'],
  params: byTheater,
  responses: {
    200: z.object({
      items: z.array(z.object({ userId: UserId, name: z.string(), email: z.string(), role: TheaterRole })),
    }),
  },
})
export const putPerson = endpoint({
  method: 'PUT',
  path: '/api/theaters/:theaterId/people/:userId',
  summary: 'Give somebody a role here',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, userId: UserId }),
  body: z.object({ role: TheaterRole }),
  responses: { 204: nothing, 409: problem('last-owner') },
})
export const invitePerson = endpoint({
  method: 'POST',
  path: '/api/theaters/:theaterId/people',
  summary: 'Give somebody a role here by the address of their account',
  access: ['owner'],
  params: byTheater,
  body: z.object({ email: z.email().max(254), role: TheaterRole }),
  responses: { 201: z.object({ userId: UserId, role: TheaterRole }), 409: problem('last-owner') },
})
export const removePerson = endpoint({
  method: 'DELETE',
  path: '/api/theaters/:theaterId/people/:userId',
  summary: 'Take somebody off',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, userId: UserId }),
  responses: { 204: nothing, 409: problem('last-owner') },
})
export const previewLayout = endpoint({
  method: 'POST',
  path: '/api/layouts/preview',
  summary: 'See what a layout looks like before saving it',
  access: ['user'],
  maxBytes: 1_000_000,
  body: z.object({ layout: LayoutInput }),
  responses: { 200: Layout },
})
export const getLayout = endpoint({
  method: 'GET',
  path: '/api/layouts/:layoutId',
  summary: 'A seat layout, for ever the same',
  access: ['anyone'],
  cache: { seconds: 31_536_000, browserSeconds: 31_536_000 },
  params: z.object({ layoutId: LayoutId }),
  responses: { 200: Layout },
})
export const createScreen = endpoint({
  method: 'POST',
  path: '/api/theaters/:theaterId/screens',
  summary: 'Add a screen',
  access: ['owner'],
  maxBytes: 1_000_000,
  params: byTheater,
  body: z.object({
    name: text(60),
    layout: LayoutInput,
    cleaningMinutes: z.int().min(0).max(240).default(15),
    trailerMinutes: z.int().min(0).max(120).default(15),
  }),
  responses: { 201: Screen, 409: problem('name-taken') },
})
export const updateScreen = endpoint({
  method: 'PATCH',
  path: '/api/theaters/:theaterId/screens/:screenId',
  summary: 'Change a screen; a sold seat may not disappear',
  access: ['owner'],
  maxBytes: 1_000_000,
  params: z.object({ theaterId: TheaterId, screenId: ScreenId }),
  body: z.object({
    name: text(60).optional(),
    layout: LayoutInput.optional(),
    cleaningMinutes: z.int().min(0).max(240).optional(),
    trailerMinutes: z.int().min(0).max(120).optional(),
  }),
  responses: { 200: Screen, 409: [problem('name-taken'), problem('seats-sold', { seats: z.array(SeatId) })] },
})
export const deleteScreen = endpoint({
  method: 'DELETE',
  path: '/api/theaters/:theaterId/screens/:screenId',
  summary: 'Remove a screen without upcoming shows',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, screenId: ScreenId }),
  responses: { 204: nothing, 409: problem('shows-planned', { shows: z.int() }) },
})
export const listTicketTypes = endpoint({
  method: 'GET',
  path: '/api/theaters/:theaterId/ticket-types',
  summary: 'Ticket types of a theater',
  access: ['anyone'],
  params: byTheater,
  responses: { 200: z.object({ items: z.array(TicketType) }) },
})
export const createTicketType = endpoint({
  method: 'POST',
  path: '/api/theaters/:theaterId/ticket-types',
  summary: 'Add or change a ticket type',
  access: ['owner'],
  params: byTheater,
  body: z.object({
    key: TicketTypeKey,
    name: text(60),
    proof: text(120).nullable().default(null),
    channels: z.array(Channel).min(1).default(['online', 'counter']),
    requires: z.array(TicketTypeKey).max(10).default([]),
  }),
  responses: { 201: TicketType },
})
export const deleteTicketType = endpoint({
  method: 'DELETE',
  path: '/api/theaters/:theaterId/ticket-types/:key',
  summary: 'Retire a ticket type',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, key: TicketTypeKey }),
  responses: { 204: nothing, 409: problem('still-priced', { priceCards: z.array(z.string()) }) },
})
const priceCardFields = {
  name: text(60),
  days: z.array(z.int().min(1).max(7)).min(1).max(7).nullable(),
  from: z.iso.time({ precision: -1 }).nullable(),
  until: z.iso.time({ precision: -1 }).nullable(),
  prices: z.array(ZonePrice).min(1).max(500),
}
export const listPriceCards = endpoint({
  method: 'GET',
  path: '/api/theaters/:theaterId/price-cards',
  summary: 'Price cards of a theater',
  access: ['staff'],
  params: byTheater,
  responses: { 200: z.object({ items: z.array(PriceCard) }) },
})
export const createPriceCard = endpoint({
  method: 'POST',
  path: '/api/theaters/:theaterId/price-cards',
  summary: 'Add a price card',
  access: ['owner'],
  params: byTheater,
  body: z.object({
    ...priceCardFields,
    days: priceCardFields.days.default(null),
    from: priceCardFields.from.default(null),
    until: priceCardFields.until.default(null),
  }),
  responses: { 201: PriceCard },
})
export const updatePriceCard = endpoint({
  method: 'PATCH',
  path: '/api/theaters/:theaterId/price-cards/:priceCardId',
  summary: 'Change a price card; shows already on sale keep their prices',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, priceCardId: PriceCardId }),
  body: z.object(priceCardFields).partial(),
  responses: { 200: PriceCard },
})
export const deletePriceCard = endpoint({
  method: 'DELETE',
  path: '/api/theaters/:theaterId/price-cards/:priceCardId',
  summary: 'Remove a price card',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId, priceCardId: PriceCardId }),
  responses: { 204: nothing },
})

const ShowDraft = z.object({
  screenId: ScreenId,
  movieId: MovieId,
  localStart: LocalDateTime,
  format: text(30).nullable().default(null),
  language: text(30).nullable().default(null),
  subtitles: text(30).nullable().default(null),
  access: z.array(AccessFeature).max(4).default([]),
  priceCardId: PriceCardId.optional(),
  prices: z.array(ZonePrice).min(1).max(500).optional(),
})
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
  cache: { seconds: 3, staleSeconds: 2, tags: ['shows', 'show:{showId}'] },
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
  summary: 'Move or change a show',
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
/** The theaters I work for. */
export const myTheaters = endpoint({
  method: 'GET',
  path: '/api/me/theaters',
  summary: 'The theaters I work for',
  access: ['user'],
  responses: {
    200: z.object({ items: z.array(TheaterDetail.extend({ role: TheaterRole, closed: z.boolean() })) }),
  },
})
/** For the demo and importers: whole theaters in few transactions. */
export const seedTheaters = endpoint({
  method: 'POST',
  path: '/internal/theaters/seed',
  summary: 'Create theaters with screens, prices and people',
  access: ['service'],
  maxBytes: 16_000_000,
  timeoutMs: 60_000,
  body: z.object({
    theaters: z.array(
      z.object({
        theater: z.object(theaterFields),
        people: z.array(z.object({ userId: UserId, role: TheaterRole })),
        screens: z.array(
          z.object({
            name: text(60),
            layout: LayoutInput,
            cleaningMinutes: z.int().min(0).max(240),
            trailerMinutes: z.int().min(0).max(120),
          }),
        ),
        ticketTypes: z.array(TicketType),
        priceCards: z.array(PriceCard.omit({ id: true })),
      }),
    ),
  }),
  responses: { 200: z.object({ items: z.array(TheaterDetail.extend({ priceCards: z.array(PriceCard) })) }) },
})
export const scheduleShows = endpoint({
  method: 'POST',
  path: '/internal/theaters/shows',
  summary: 'Schedule many shows; those that clash are skipped',
  access: ['service'],
  maxBytes: 16_000_000,
  timeoutMs: 60_000,
  body: z.object({ shows: z.array(ShowDraft.extend({ theaterId: TheaterId })).max(5000) }),
  responses: {
    200: z.object({
      created: z.array(z.object({ id: ShowId, screenId: ScreenId, startsAt: Instant })),
      skipped: z.int(),
    }),
  },
})

/** Everything booking needs to sell a show, whole each time. */
export const ShowFacts = z.object({
  showId: ShowId,
  version: Version,
  theaterId: TheaterId,
  theaterName: z.string(),
  theaterAddress: z.string(),
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

export const theatersMoviesGroup = group('theaters.movies', [movieChanged])

export const theatersContract = contract('theaters', {
  endpoints: {
    listTheaters,
    getTheater,
    createTheater,
    updateTheater,
    closeTheater,
    restoreTheater,
    listPeople,
    putPerson,
    invitePerson,
    removePerson,
    previewLayout,
    getLayout,
    createScreen,
    updateScreen,
    deleteScreen,
    listTicketTypes,
    createTicketType,
    deleteTicketType,
    listPriceCards,
    createPriceCard,
    updatePriceCard,
    deletePriceCard,
    listShows,
    getShow,
    createShow,
    copyDay,
    updateShow,
    cancelShow,
    listTheaterShows,
    myTheaters,
    seedTheaters,
    scheduleShows,
  },
  events: [showScheduled, showChanged, showCancelled, layoutPublished, theaterPeopleChanged],
  groups: [theatersMoviesGroup],
})
