import { z } from 'zod'
import { AccessFeature, LocalDateTime, MovieId, PriceCardId, ScreenId, text } from '../common.ts'
import { ZonePrice } from './prices.ts'

/** A show as its owner plans it. */
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
