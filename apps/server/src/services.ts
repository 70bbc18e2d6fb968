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

export const serviceNames: readonly string[] = Object.keys(load)

/** The public door and the site behind it: hosted like a service, though it owns nothing. */
export const gatewayName = 'gateway'

/** Loads the services to host: all, or those that `--services` names. Throws `Fatal` for a name that is none. */
export async function loadServices(
  wanted: readonly string[] = [gatewayName, ...serviceNames],
): Promise<AnyService[]> {
  for (const name of wanted)
    if (!load[name] && name !== gatewayName)
      throw new Fatal(
        'unknown-service',
        `there is no service ${name}; there are ${[gatewayName, ...serviceNames].join(', ')}`,
      )
  return Promise.all(wanted.flatMap((name) => load[name]?.() ?? []))
}

/** Whether these services are fewer than all there are, so that others run elsewhere. */
export const isSplit = (wanted: readonly string[] | undefined): boolean =>
  wanted !== undefined && serviceNames.some((name) => !wanted.includes(name))
