/** Every link inside the site is built here, so that a moved page is one change. */
export const paths = {
  programme: (query: { date?: string; theater?: string; near?: string } = {}) => withQuery('/', query),
  films: (query: { q?: string; genre?: string; sort?: string; cursor?: string } = {}) =>
    withQuery('/films', query),
  film: (movieId: string, query: { date?: string; reviews?: string; after?: string } = {}) =>
    withQuery(`/films/${movieId}`, query),
  review: (movieId: string, reviewId: string) => `/films/${movieId}?reviews=newest#review-${reviewId}`,
  search: (query: { q?: string; genre?: string; year?: string; sort?: string; cursor?: string } = {}) =>
    withQuery('/search', query),
  watchlist: () => '/watchlist',
  diary: () => '/diary',
  feed: () => '/feed',
  notices: () => '/notifications',
  person: (handle: string) => `/people/${handle}`,
  followers: (handle: string) => `/people/${handle}/followers`,
  following: (handle: string) => `/people/${handle}/following`,
  moveIn: () => '/import',
  imported: (importId: string) => `/import/${importId}`,
  moderation: (query: { status?: string } = {}) => withQuery('/moderation', query),
  theaters: () => '/theaters',
  theater: (theaterId: string, query: { date?: string } = {}) => withQuery(`/theaters/${theaterId}`, query),
  show: (showId: string) => `/shows/${showId}`,
  orders: () => '/orders',
  order: (orderId: string) => `/orders/${orderId}`,
  ticket: (ticketId: string) => `/tickets/${ticketId}`,
  door: () => '/door',
  manage: () => '/manage',
  login: (query: { next?: string } = {}) => withQuery('/login', query),
  register: (query: { next?: string } = {}) => withQuery('/register', query),
  forgotPassword: () => '/forgot-password',
  resetPassword: () => '/reset-password',
  account: () => '/account',
  poster: (movieId: string, variant = 0) => withQuery(`/posters/${movieId}.svg`, { v: variant || undefined }),
  posterPicture: (movieId: string) => `/posters/${movieId}.png`,
}

function withQuery(path: string, query: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  return search.size > 0 ? `${path}?${search}` : path
}
