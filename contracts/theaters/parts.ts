import { z } from 'zod'
import {
  AccessFeature,
  Currency,
  LocalDateTime,
  Location,
  MovieId,
  PriceCardId,
  ScreenId,
  TheaterId,
  TimeZone,
  text,
} from '../common.ts'
import { ZonePrice } from './prices.ts'

export const theaterFields = {
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
export const byTheater = z.object({ theaterId: TheaterId })
export const ShowDraft = z.object({
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
