/** Somebody's stars for a film, 0.5 to 5; null takes them back. */
export type Wish = { userId: string; movieId: string; stars: number | null }

/** How a film stands with one's own stars counted in. */
export type Rated = { ok: true; average: number | null; count: number } | { ok: false; code: 'not-found' }

/** Records stars; resolves once they are durable. `not-found` for a film nobody knows. */
export type Rate = (wish: Wish) => Promise<Rated>

export type PastRating = { userId: string; movieId: string; stars: number; ratedAt: string }
export type Imported = { recorded: number; unchanged: number; unknownMovies: string[] }

/** Records ratings of the past in bulk, at most 5,000: an older one never replaces a newer one; safe to repeat. */
export type ImportRatings = (ratings: readonly PastRating[]) => Promise<Imported>
