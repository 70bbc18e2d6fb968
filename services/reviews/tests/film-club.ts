import { randomUUIDv7 } from 'node:crypto'
import { identityContract } from '@marquee/contracts/identity'
import { movieChanged, moviesContract } from '@marquee/contracts/movies'
import type { Flags } from '@marquee/kit/flags'
import type { Booted } from '@marquee/kit/testing'
import { bootService, neighbour } from '@marquee/kit/testing'
import { reviews } from '../src/index.ts'

export type Club = Booted<typeof reviews.contract.endpoints>
type Known = { id: string; title: string; year?: number }

/** The service beside a catalogue of films that only movies knows, and people that only identity knows. */
export function openClub({
  films = [],
  people = [],
  clock,
  bursts = false,
  flags,
}: {
  films?: Known[]
  people?: string[]
  clock?: { now: () => Temporal.Instant }
  /** Ratings go through the bus, as with a broker. */
  bursts?: boolean
  flags?: Flags
} = {}) {
  const movies = neighbour(moviesContract, {
    copyMovies: (({ ids, after = '' }: { ids?: string[]; after?: string }) => ({
      items: films
        .filter(({ id }) => (ids ? ids.includes(id) : id > after))
        .map(({ id, title, year }) => ({ ...facts(id, title), year: year ?? null })),
    })) as never,
  })
  const identity = neighbour(identityContract, {
    copyUsers: (({ after = '' }: { after?: string }) => ({
      items: people
        .filter((id) => id > after)
        .map((id, at) => ({
          id,
          version: 1,
          name: `Person ${at}`,
          handle: `person_${at}`,
          joinedAt: '2026-01-01T00:00:00Z',
        })),
    })) as never,
    findUsers: (({ ids }: { ids: string[] }) => ({
      items: ids
        .filter((id) => people.includes(id))
        .map((id) => ({ id, email: 'a@b.example', name: 'Somebody', handle: 'somebody' })),
    })) as never,
  })
  return bootService(reviews, {
    neighbours: [movies, identity],
    bursts,
    ...(clock ? { clock } : {}),
    ...(flags ? { flags } : {}),
  })
}

export const facts = (movieId: string, title = 'Sunrise', version = 1) => ({
  movieId,
  version,
  title,
  year: 1927,
  runtimeMinutes: 94,
  genres: ['Drama'],
})

/** Films that events told of. */
export async function showFilms(club: Club, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUIDv7())
  for (const [at, id] of ids.entries()) await club.deliver(movieChanged, facts(id, `Film ${at}`))
  return ids
}
