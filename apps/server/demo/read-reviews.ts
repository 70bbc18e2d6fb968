import { readFileSync } from 'node:fs'

export type DemoReview = {
  title: string
  year: number
  /** The handle of a demo account. */
  by: string
  stars: number
  headline: string | null
  spoiler: boolean
  body: string
}

/** The demo's reviews from `reviews.txt`. */
export function readReviews(): DemoReview[] {
  return readFileSync(new URL('reviews.txt', import.meta.url), 'utf8')
    .split(/\n{2,}/)
    .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith('#')))
    .filter((lines) => lines.length > 0)
    .map(([facts = '', ...body]) => {
      const [title = '', year, by = '', stars, headline, spoiler] = facts.split(' | ')
      if (body.length === 0 || spoiler === undefined) throw new Error(`reviews.txt: cannot read "${facts}"`)
      return {
        title,
        year: Number(year),
        by,
        stars: Number(stars),
        headline: headline === '-' ? null : (headline ?? null),
        spoiler: spoiler === 'spoiler',
        body: body.join('\n'),
      }
    })
}
