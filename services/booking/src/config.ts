import { liveSetting } from '@marquee/kit/config'
import { z } from 'zod'

export const bookingConfig = z.object({
  /** How long seats are held before they are paid. */
  holdMinutes: liveSetting(z.coerce.number().int().min(1).max(60)).default(8),
  /** What one extension adds. */
  extendMinutes: liveSetting(z.coerce.number().int().min(1).max(60)).default(4),
  /** Unpaid seats a person or a network may have in one show; those of its counter do not count. */
  unpaidSeats: liveSetting(z.coerce.number().int().min(10).max(1000)).default(20),
  /** `off` lifts the cap on unpaid seats, for load tests. */
  limits: liveSetting(z.enum(['on', 'off'])).default('on'),
  /** From so long before the show companion seats are sold without their wheelchair space. */
  companionReleaseMinutes: liveSetting(z.coerce.number().int().min(0).max(10_000)).default(60),
  /** Mails an hour with the links to their orders that one address is sent, whoever asks for them. */
  linkMailsAnHour: liveSetting(z.coerce.number().int().min(1).max(100)).default(3),
  /** How long a provider may take before we ask it to cancel. */
  paymentMinutes: z.coerce.number().int().min(1).max(60).default(15),
  /** After so long without a final answer the seats are freed. */
  silentMinutes: z.coerce.number().int().min(5).max(240).default(30),
  /** Days after which an order that was never paid is forgotten, the buyer's address with it. */
  keepUnpaidDays: z.coerce.number().int().min(7).max(3650).default(30),
  /** Days after which the answer to a door's scan is forgotten; asked again later, it is a ticket admitted before. */
  keepScansDays: z.coerce.number().int().min(7).max(3650).default(90),
  /** Batches of holds that may be on their way to PostgreSQL together. */
  batchesInFlight: z.coerce.number().int().min(1).max(8).default(2),
  /** The most holds in one batch. */
  batchSize: z.coerce.number().int().min(1).max(1000).default(256),
})
export type BookingConfig = z.output<typeof bookingConfig>
