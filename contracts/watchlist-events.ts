import { event } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, MovieId, UserId, Version } from './common.ts'

/** Somebody put a film on their watchlist, or took it off. */
export const watchlistChanged = event(
  'watchlist.changed.v1',
  z.object({
    userId: UserId,
    movieId: MovieId,
    listed: z.boolean(),
    version: Version,
    /** When it was put there; an imported one keeps its own time. */
    addedAt: Instant.optional(),
  }),
)
