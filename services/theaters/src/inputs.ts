import type { TheaterFields } from './change-theater.ts'

type TheaterInput = {
  name: string
  address: string
  city: string
  country: string
  timeZone: string
  location: { lat: number; lon: number } | null
  currency: string
  dayStartsAt: string
  refundCutoffMinutes: number
  taxRatePermille: number
  bookingFee: number
}

/** A theater as clients write it, as it is kept. */
export function toTheaterFields(input: TheaterInput): TheaterFields {
  return {
    name: input.name,
    address: input.address,
    city: input.city,
    country: input.country,
    ...placeOf(input.location),
    time_zone: input.timeZone,
    currency: input.currency,
    day_starts_at: input.dayStartsAt,
    refund_cutoff_minutes: input.refundCutoffMinutes,
    tax_rate_permille: input.taxRatePermille,
    booking_fee: input.bookingFee,
  }
}

/** The kept fields that changes name; the others are left out. */
export function toTheaterChanges(input: Partial<TheaterInput>): Partial<TheaterFields> {
  const { timeZone, dayStartsAt, refundCutoffMinutes, taxRatePermille, bookingFee, location, ...same } = input
  return given({
    ...same,
    time_zone: timeZone,
    day_starts_at: dayStartsAt,
    refund_cutoff_minutes: refundCutoffMinutes,
    tax_rate_permille: taxRatePermille,
    booking_fee: bookingFee,
    ...(location === undefined ? {} : placeOf(location)),
  })
}

/** To a centimetre: a smaller number than that underflows when PostgreSQL measures distances, for everybody. */
function placeOf(location: TheaterInput['location']): Pick<TheaterFields, 'lat' | 'lon'> {
  const rounded = (degrees: number | undefined) => (degrees === undefined ? null : Number(degrees.toFixed(7)))
  return { lat: rounded(location?.lat), lon: rounded(location?.lon) }
}

function given<Fields extends object>(fields: Fields): Partial<Fields> {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(present) as Partial<Fields>
}
