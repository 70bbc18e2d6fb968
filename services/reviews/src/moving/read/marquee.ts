import { z } from 'zod'
import { Fact, FilmHint, type ReadRow } from './fact.ts'

/** What `community.json` holds: the same facts that an import reads. */
export const MarqueeFile = z.object({
  format: z.literal('marquee-community'),
  rows: z.array(z.unknown()),
})
export const MarqueeRow = z.object({ film: FilmHint, fact: Fact })
export type MarqueeRow = z.infer<typeof MarqueeRow>

/** One row of our own export; undefined when somebody changed it beyond reading. */
export function readMarquee(given: unknown): Pick<ReadRow, 'film' | 'fact'> | undefined {
  const parsed = MarqueeRow.safeParse(given)
  if (!parsed.success) return undefined
  const { film, fact } = parsed.data
  if (fact.kind === 'rating' && !(fact.stars >= 0.5 && fact.stars <= 5 && Number.isInteger(fact.stars * 2)))
    return undefined
  return { film, fact }
}
