import { event } from '@marquee/kit/contract'
import { z } from 'zod'
import { MovieId, UserId, Version } from './common.ts'

/** Somebody put a film on their watchlist, or took it off. */
export const watchlistChanged = event(
  'watchlist.changed.v1',
  z.object({ userId: UserId, movieId: MovieId, listed: z.boolean(), version: Version }),
)
