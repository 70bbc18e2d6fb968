const of = (theaterId: string) => `/manage/${theaterId}`

/** Every link inside the cinema's own pages. */
export const managePaths = {
  entry: () => '/manage',
  new: () => '/manage/new',
  day: (theaterId: string, date?: string) => `${of(theaterId)}${date ? `?date=${date}` : ''}`,
  opening: (theaterId: string) => `${of(theaterId)}/opening`,
  addShow: (theaterId: string, at: { date?: string; time?: string; screen?: string } = {}) =>
    `${of(theaterId)}/shows/new?${new URLSearchParams(Object.entries(at).filter(([, value]) => value))}`,
  show: (theaterId: string, showId: string) => `${of(theaterId)}/shows/${showId}`,
  copy: (theaterId: string, date: string) => `${of(theaterId)}/copy?date=${date}`,
  screens: (theaterId: string) => `${of(theaterId)}/screens`,
  screen: (theaterId: string, screenId: string) => `${of(theaterId)}/screens/${screenId}`,
  prices: (theaterId: string) => `${of(theaterId)}/prices`,
  people: (theaterId: string) => `${of(theaterId)}/people`,
  details: (theaterId: string) => `${of(theaterId)}/details`,
}

/** The same for the API. */
export const apiPaths = {
  mine: () => '/api/me/theaters',
  theater: (theaterId: string) => `/api/theaters/${theaterId}`,
  shows: (theaterId: string, from: string, to = from) =>
    `/api/theaters/${theaterId}/shows?from=${from}&to=${to}`,
  sales: (theaterId: string, from: string, to = from) =>
    `/api/theaters/${theaterId}/sales?from=${from}&to=${to}`,
  types: (theaterId: string) => `/api/theaters/${theaterId}/ticket-types`,
  cards: (theaterId: string) => `/api/theaters/${theaterId}/price-cards`,
  screens: (theaterId: string) => `/api/theaters/${theaterId}/screens`,
  people: (theaterId: string) => `/api/theaters/${theaterId}/people`,
  show: (showId: string) => `/api/shows/${showId}`,
  cancellation: (showId: string) => `/api/shows/${showId}/cancellation`,
  layout: (layoutId: string) => `/api/layouts/${layoutId}`,
}
