import { randomUUIDv7 } from 'node:crypto'
import { type MovieSummary, moviesContract } from '@marquee/contracts/movies'
import { ratingsRecorded } from '@marquee/contracts/reviews'
import { fail } from '@marquee/kit/contract'
import type { Flags } from '@marquee/kit/flags'
import { bootService, neighbour } from '@marquee/kit/testing'
import { recommendations } from '@marquee/recommendations'

export const film = (title: string, genres: string[] = ['Drama']): MovieSummary => ({
  id: randomUUIDv7(),
  title,
  year: 1999,
  releaseDate: null,
  runtimeMinutes: 100,
  genres,
  certificate: null,
  posterUrl: '/posters/film.svg',
  rating: { average: null, count: 0 },
})

export function nth<Item>(list: readonly Item[], index: number): Item {
  const item = list[index]
  if (item === undefined) throw new Error(`there is no item ${index}`)
  return item
}

/** The service beside a catalogue, most popular first, that a test can silence. */
export async function openRecommendations(
  catalogue: readonly MovieSummary[],
  { flags, ...config }: { flags?: Flags; patienceMilliseconds?: number } = {},
) {
  const movies = { answers: true }
  const when = (answer: () => unknown) => (movies.answers ? answer() : fail('unavailable'))
  const page = (items: readonly MovieSummary[]) => ({ items, nextCursor: null })
  const service = await bootService(recommendations, {
    config: { restSeconds: 0, ...config },
    ...(flags ? { flags } : {}),
    neighbours: [
      neighbour(moviesContract, {
        trending: ({ limit }: { limit: number }) => when(() => page(catalogue.slice(0, limit))),
        listMovies: ({ ids, genre, limit }: { ids?: string[]; genre?: string; limit: number }) =>
          when(() =>
            ids
              ? page(ids.flatMap((id) => catalogue.find((one) => one.id === id) ?? []))
              : page(catalogue.filter(({ genres }) => genre && genres.includes(genre)).slice(0, limit)),
          ),
      }),
    ],
  })
  let sequence = 0
  /** Somebody rates films one after another, a day each; `null` takes a rating back. */
  const rate = async (userId: string, ratings: readonly (readonly [MovieSummary, number | null])[]) => {
    await service.deliver(ratingsRecorded, {
      films: [],
      changes: ratings.map(([{ id: movieId }, stars], day) => ({
        userId,
        movieId,
        stars,
        sequence: ++sequence,
        ratedAt: Temporal.Instant.from('2026-01-01T12:00:00Z')
          .add({ hours: 24 * day })
          .toString(),
      })),
    })
  }
  return { service, movies, rate, refresh: () => service.runJob('refresh-neighbours') }
}
