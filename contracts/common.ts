import { z } from 'zod'

/** Written in small letters from here on, however a client writes it: ids are compared as text. */
export const Uuid = z.uuid().toLowerCase()
export const UserId = Uuid
export const MovieId = Uuid
export const TheaterId = Uuid
export const ScreenId = Uuid
export const ShowId = Uuid
export const OrderId = Uuid
export const TicketId = Uuid
export const PriceCardId = Uuid

/** Content-addressed: the hash of the layout's canonical JSON. */
export const LayoutId = z.string().regex(/^[A-Za-z0-9_-]{20,64}$/, 'is no layout id')
/** Short and unique within a layout, such as `F12`. */
export const SeatId = z.string().min(1).max(16)
/** A ticket type's key within a theater: `adult`. */
export const TicketTypeKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens')
export const Zone = z.string().min(1).max(40)

/** An RFC 3339 instant with an offset. */
export const Instant = z.iso
  .datetime({ offset: true })
  .refine((text) => !/\.\d{10}/.test(text), 'must have at most nine digits of a second')
/** A date without a zone: `2026-12-01`. */
export const LocalDate = z.iso.date()
/** A local time without an offset, or with one that settles which: `2026-12-01T19:30`. */
export const LocalDateTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?$/, 'must look like 2026-12-01T19:30')
export const TimeZone = z.string().min(1).max(64)
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR')

/** Minor units: 1250 EUR is €12.50. */
export const Money = z.object({ amount: z.int().min(-1e11).max(1e11), currency: Currency })
export type Money = z.infer<typeof Money>
/** A price: never negative. */
export const Price = z.object({ amount: z.int().min(0).max(10_000_000), currency: Currency })

export const Location = z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })

export const Email = z.string().trim().max(254).pipe(z.email())

/** A person's text: trimmed, without control characters. */
export const text = (most: number, least = 1) =>
  z
    .string()
    .trim()
    .min(least)
    .max(most)
    // Half a surrogate pair is text to JavaScript and none to PostgreSQL.
    .refine((value) => !/[\p{Cc}\p{Cs}]/u.test(value.replaceAll(/[\t\n\r]/g, '')), 'has control characters')

/** `lat,lon` in decimal degrees. */
export const Near = z
  .string()
  .regex(/^-?\d{1,2}(\.\d{1,9})?,-?\d{1,3}(\.\d{1,9})?$/, 'must look like 52.52,13.405')
  .transform((value) => {
    const [lat = 0, lon = 0] = value.split(',').map(Number)
    return { lat, lon }
  })
  .refine(({ lat, lon }) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180, 'is not on Earth')

/** Every list's paging: an opaque cursor and 1 to 100 items, 20 unless told. */
export const paging = {
  cursor: z.string().min(1).max(2500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
}

/** `{ items, nextCursor }`; `nextCursor` is null at the end. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const Version = z.int().min(0)

export const TheaterRole = z.enum(['owner', 'staff'])
export const AccessFeature = z.enum(['captions', 'audio-description', 'relaxed', 'signed'])
export const Channel = z.enum(['online', 'counter'])
