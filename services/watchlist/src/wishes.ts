import { collection } from '@marquee/kit/documents'
import { z } from 'zod'

/** A film on somebody's list. One taken off stays, unlisted: its version must count on if the film comes back. */
export const wishes = collection({
  name: 'wishes',
  schema: z.object({
    userId: z.string(),
    movieId: z.string(),
    listed: z.boolean(),
    /** In UTC with milliseconds, so that text sorts as time. */
    addedAt: z.string(),
    /** Theaters of whose shows the person was told. */
    told: z.array(z.string()),
    /** Theaters where it was on already when somebody listed it without a home, or took that away: to them no news. */
    onBefore: z.array(z.string()).optional(),
  }),
  indexes: [
    { name: 'by-person', fields: ['userId', 'listed', '-addedAt'] },
    { name: 'by-film', fields: ['movieId'], where: { listed: true } },
  ],
})

/** Where near is, by the person's id. */
export const homes = collection({
  name: 'homes',
  schema: z.object({
    label: z.string(),
    location: z.object({ lat: z.number(), lon: z.number() }),
    radiusKm: z.number(),
  }),
  indexes: [],
})

export type Wish = z.output<(typeof wishes)['schema']>
export type Home = z.output<(typeof homes)['schema']>

export const wishId = (userId: string, movieId: string): string => `${userId}:${movieId}`
export const sortable = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 })
