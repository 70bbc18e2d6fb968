import type { AnyService } from '@marquee/kit/service'
import { Fatal } from './fatal.ts'

const load: Readonly<Record<string, () => Promise<AnyService>>> = {
  identity: async () => (await import('@marquee/identity')).identity,
  movies: async () => (await import('@marquee/movies')).movies,
  theaters: async () => (await import('@marquee/theaters')).theaters,
  booking: async () => (await import('@marquee/booking')).booking,
  payments: async () => (await import('@marquee/payments')).payments,
  notifications: async () => (await import('@marquee/notifications')).notifications,
  watchlist: async () => (await import('@marquee/watchlist')).watchlist,
  recommendations: async () => (await import('@marquee/recommendations')).recommendations,
  reviews: async () => (await import('@marquee/reviews')).reviews,
}

const serviceNames: readonly string[] = Object.keys(load)

/** Loads the services to host: all, or those that `--services` names. Throws `Fatal` for a name that is none. */
export async function loadServices(wanted: readonly string[] = serviceNames): Promise<AnyService[]> {
  for (const name of wanted)
    if (!load[name])
      throw new Fatal('unknown-service', `there is no service ${name}; there are ${serviceNames.join(', ')}`)
  return Promise.all(wanted.flatMap((name) => load[name]?.() ?? []))
}
