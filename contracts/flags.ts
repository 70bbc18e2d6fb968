import { flag, variantFlag } from '@marquee/kit/contract'

/** Guests may buy without an account. Asked when an order begins; one that was begun is finished. */
export const guestCheckout = flag('guest-checkout', {
  description: 'People without an account may hold and buy seats',
  usually: true,
})

/** Which films a person is shown in the row that is theirs. */
export const recommendationsPicks = variantFlag('recommendations-picks', {
  description: 'What the personal row shows: picks from ratings, or what is trending',
  variants: ['personal', 'trending'],
  usually: 'personal',
})

/** Comments under reviews may be written; those there are stay readable. */
export const reviewComments = flag('review-comments', {
  description: 'People may comment on reviews',
  usually: true,
})

/** Every flag there is; `docs/flags.md` has them for people. */
export const flags = [guestCheckout, recommendationsPicks, reviewComments] as const
