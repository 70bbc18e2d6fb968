import { randomUUIDv7 } from 'node:crypto'
import { moviesContract } from '@marquee/contracts/movies'
import { type ShowFacts, showScheduled } from '@marquee/contracts/theaters'
import { watchlistShowNearby } from '@marquee/contracts/watchlist'
import { bootService, neighbour } from '@marquee/kit/testing'
import { watchlist } from '@marquee/watchlist'

export type Film = { movieId: string; title: string }
export const berlin = { lat: 52.52, lon: 13.405 }
export const hamburg = { lat: 53.55, lon: 9.99 }

/** The service beside a catalogue of numbered films. */
export async function openWatchlist(config: Record<string, unknown> = {}) {
  const catalogue = Array.from({ length: 30 }, (_, number) => ({
    movieId: randomUUIDv7(),
    version: 1,
    title: `Film ${number}`,
    year: 1990,
    runtimeMinutes: 90,
    genres: [],
    externalIds: {},
    deleted: false,
  }))
  const service = await bootService(watchlist, {
    config,
    neighbours: [
      neighbour(moviesContract, {
        copyMovies: ({ ids, after, limit }: { ids?: string[]; after?: string; limit: number }) => ({
          items: catalogue
            .filter(({ movieId }) => (ids ? ids.includes(movieId) : movieId > (after ?? '')))
            .slice(0, limit),
        }),
      }),
    ],
  })
  const film = (number: number): Film => {
    const found = catalogue[number]
    if (!found) throw new Error(`there is no film ${number}`)
    return found
  }
  /** Puts a show on sale that starts in two days, at a theater in Berlin unless told. */
  const schedule = async ({ movieId, title }: Film, more: Partial<ShowFacts> = {}): Promise<ShowFacts> => {
    const startsAt = Temporal.Now.instant().add({ hours: 48 }).toString()
    const facts: ShowFacts = {
      showId: randomUUIDv7(),
      version: 1,
      theaterId: randomUUIDv7(),
      theaterName: 'Lantern',
      theaterAddress: '1 Quay Street, Berlin',
      city: 'Berlin',
      location: berlin,
      screenId: randomUUIDv7(),
      screenName: 'Screen 1',
      movieId,
      movieTitle: title,
      runtimeMinutes: 90,
      distributor: null,
      startsAt,
      endsAt: startsAt,
      timeZone: 'Europe/Berlin',
      localStart: '2026-12-01T19:30',
      day: '2026-12-01',
      layoutId: 'layout-00000000000000000000',
      prices: [],
      taxRatePermille: 0,
      bookingFee: { amount: 0, currency: 'EUR' },
      currency: 'EUR',
      salesFrom: startsAt,
      onlineUntil: startsAt,
      counterUntil: startsAt,
      refundCutoffMinutes: 60,
      ...more,
    }
    await service.deliver(showScheduled, facts)
    return facts
  }
  /** Who was told of which film at which theater, so far. */
  const told = async () => {
    await service.runJob('tell-nearby')
    await service.runJob('look-around')
    return (await service.published(watchlistShowNearby)).map(
      ({ userId, movieTitle, theaterName }) => `${movieTitle} at ${theaterName} to ${userId}`,
    )
  }
  return { service, catalogue, film, schedule, told }
}
