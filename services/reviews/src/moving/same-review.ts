import { cut, plain, withoutGuard } from './read/cells.ts'
import type { Fact } from './read/fact.ts'
import { asText } from './read/letterboxd.ts'
import type { KnownViewing } from './viewing-store.ts'

export type KnownReview = { title: string | null; body: string; diaryId: string | null }
type Written = Pick<KnownReview, 'title' | 'body'>
type ReviewFact = Extract<Fact, { kind: 'review' }>

const mostOfABody = 10_000

/**
 * Whether a person said this about a film already. The same words about another day that is in the diary are
 * another review; about a viewing that is gone, or none, they are the same.
 */
export function isWritten(
  fact: ReviewFact,
  reviews: readonly KnownReview[],
  viewings: readonly KnownViewing[],
): boolean {
  const dayOf = new Map(viewings.map(({ id, watchedOn }) => [id, watchedOn]))
  const said = shapes(fact)
  return reviews.some((review) => {
    const day = dayOf.get(review.diaryId ?? '') ?? null
    const elsewhere = day !== null && fact.viewing !== null && day !== fact.viewing
    return !elsewhere && shapes(review).some((shape) => said.includes(shape))
  })
}

/** A review as it is, and as it comes back from where no review has a title and each may have markup. */
function shapes({ title, body }: Written): string[] {
  const texts = title ? [body, `${title}\n\n${body}`] : [body]
  return texts.flatMap((text) => [
    cut(plain(text), mostOfABody),
    cut(asText(withoutGuard(text)), mostOfABody),
  ])
}
