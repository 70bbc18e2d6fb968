import { endpoint, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import {
  Currency,
  LayoutId,
  Location,
  Near,
  Price,
  page,
  paging,
  ScreenId,
  SeatId,
  TheaterId,
  TheaterRole,
  TimeZone,
  text,
  Version,
} from '../common.ts'
import { LayoutInput } from './layouts.ts'
import { byTheater, theaterFields } from './parts.ts'

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
  version: z.int(),
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
  idempotent: true,
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
