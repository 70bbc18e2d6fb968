import { z } from 'zod'
import { Currency, Location, TheaterId, TimeZone, text } from '../common.ts'

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
