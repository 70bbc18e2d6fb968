import { contract, endpoint, fallback, group } from '@marquee/kit/contract'
import { z } from 'zod'
import { userErased } from './identity.ts'
import { MovieSummary, trending } from './movies.ts'
import { ratingsRecorded } from './reviews.ts'
import { watchlistChanged } from './watchlist.ts'

/** Never an error while movies answer: trending when there is nothing to go by, or when picking fails. */
export const getRecommendations = endpoint({
  method: 'GET',
  path: '/api/recommendations',
  summary: 'Films picked for me, or what is trending',
  access: ['anyone'],
  timeoutMs: 120,
  fallback: fallback({
    service: 'movies',
    name: 'trending',
    endpoint: trending,
    query: ({ limit }) => ({ limit }),
    present: ({ items }) => ({ source: 'trending', items }),
  }),
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  responses: {
    200: z.object({ source: z.enum(['personal', 'trending']), items: z.array(MovieSummary) }),
  },
})

const Quality = z.object({ hitRate: z.number(), ndcg: z.number() })
/** Leave-last-out: each person's newest rating is held back, and looked for among ten picks from the rest. */
export const evaluateRecommendations = endpoint({
  method: 'POST',
  path: '/internal/recommendations/evaluate',
  summary: 'How well picks find held-back ratings, beside plain popularity',
  access: ['service'],
  timeoutMs: 600_000,
  body: z.object({ picks: z.int().min(1).max(100).default(10) }).default({ picks: 10 }),
  responses: {
    200: z.object({ people: z.int(), ratings: z.int(), personal: Quality, popularity: Quality }),
  },
})

export const recommendationsRatingsGroup = group('recommendations.ratings', [ratingsRecorded])
export const recommendationsWatchlistGroup = group('recommendations.watchlist', [watchlistChanged])
export const recommendationsErasureGroup = group('recommendations.erasure', [userErased])

export const recommendationsContract = contract('recommendations', {
  endpoints: { getRecommendations, evaluateRecommendations },
  groups: [recommendationsRatingsGroup, recommendationsWatchlistGroup, recommendationsErasureGroup],
  critical: false,
})
