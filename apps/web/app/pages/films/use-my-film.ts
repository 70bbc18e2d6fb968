import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../api/browser.ts'
import { useMe } from '../../api/me.ts'
import type { MyRating, Review } from '../../api/types.ts'
import { createPresses } from './presses.ts'

/** What a film's page says to one person; what could not be asked is undefined. */
export type MyFilm = {
  stars: number | null | undefined
  listed: boolean | undefined
  reviews: Review[]
  liked: string[]
}

const unknown: MyFilm = { stars: undefined, listed: undefined, reviews: [], liked: [] }

/** The personal part of a film's page, asked for after the page, which is the same for everybody. */
export function useMyFilm(movieId: string) {
  const me = useMe()
  const queries = useQueryClient()
  const [presses] = useState(createPresses<MyFilm>)
  const queryKey = ['my-film', movieId, me?.id]
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => presses.over(readMine(movieId, signal)),
    enabled: Boolean(me),
    staleTime: 30_000,
  })
  function change(part: (mine: MyFilm) => Partial<MyFilm>) {
    const press = (before: MyFilm) => ({ ...before, ...part(before) })
    presses.add(press)
    queries.setQueryData<MyFilm>(queryKey, (before = unknown) => press(before))
  }
  const again = () => queries.invalidateQueries({ queryKey })
  return { me, mine: data ?? unknown, isKnown: data !== undefined, change, again }
}

/** What is kept of it is old: something about it was changed on another page. */
export const forgetMyFilm = (queries: QueryClient, movieId: string): void =>
  queries.removeQueries({ queryKey: ['my-film', movieId] })

async function readMine(movieId: string, signal: AbortSignal): Promise<MyFilm> {
  const [rating, watchlist, reviews] = await Promise.all([
    send<MyRating>('GET', `/api/movies/${movieId}/rating`, { signal }),
    send<{ listed: boolean }>('GET', `/api/watchlist/${movieId}`, { signal }),
    send<{ reviews: Review[]; liked: string[] }>('GET', `/api/movies/${movieId}/reviews/mine`, { signal }),
  ])
  return {
    stars: rating.ok ? rating.value.stars : undefined,
    listed: watchlist.ok ? watchlist.value.listed : undefined,
    reviews: reviews.ok ? reviews.value.reviews : [],
    liked: reviews.ok ? reviews.value.liked : [],
  }
}
