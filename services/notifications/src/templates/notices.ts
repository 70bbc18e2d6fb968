import type { ticketAdmitted } from '@marquee/contracts/booking'
import type { reviewCommented } from '@marquee/contracts/reviews'
import type { watchlistShowNearby } from '@marquee/contracts/watchlist'
import type { z } from 'zod'
import { isolated } from './isolated.ts'
import { startInWords } from './when.ts'

/** What a person is told on the site: plain text, shown as text. */
export type Notice = { title: string; body: string; link: string }

/** Where a notice about a film leads. */
export const filmPage = (movieId: string): string => `/films/${movieId}`

/** A film on somebody's watchlist comes to a theater near them, or to one somewhere when nobody knows where near is. */
export const showNearbyNotice = (told: z.output<typeof watchlistShowNearby.schema>): Notice => ({
  title: told.near
    ? `${isolated(told.movieTitle)} is coming near you`
    : `${isolated(told.movieTitle)} comes to ${isolated(told.city ?? told.theaterName)}`,
  body: `First on ${startInWords(told.localStart)}, at ${isolated(told.theaterName)}. It is on your watchlist.`,
  link: filmPage(told.movieId),
})

/** What a comment is told as; without a name where its writer has none, or none any more. */
export const commentTitle = (commenterName: string): string =>
  `${isolated(commenterName) || 'Somebody'} commented on your review`

/** Somebody answered a review. */
export const commentNotice = (told: z.output<typeof reviewCommented.schema>): Notice => ({
  title: commentTitle(told.commenterName),
  body: `Your review of ${isolated(told.movieTitle)} has a new comment.`,
  link: `${filmPage(told.movieId)}#review-${told.reviewId}`,
})

/** Somebody was let in: afterwards they may want to say how it was. */
export const admittedNotice = ({
  movieId,
  movieTitle,
  theaterName,
}: z.output<typeof ticketAdmitted.schema>): Notice => ({
  title: movieTitle ? `How was ${isolated(movieTitle)}?` : 'How was the film?',
  body: `${theaterName ? `You saw it at ${isolated(theaterName)}. ` : ''}Rate it, and it stands in your diary with your stars.`,
  link: filmPage(movieId),
})
