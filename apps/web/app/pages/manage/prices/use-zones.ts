import { useQueries } from '@tanstack/react-query'
import { read } from '../../../api/browser.ts'
import { apiPaths } from '../manage-paths.ts'
import type { Layout, MyTheater, PriceCard } from '../manage-types.ts'

/** The halls of a house, those that have been read so far; `all` says that none is missing. */
export function useLayouts(theater: MyTheater): { layouts: Layout[]; all: boolean } {
  const ids = [...new Set(theater.screens.map((screen) => screen.layoutId))]
  const answers = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['layout', id],
      staleTime: Number.POSITIVE_INFINITY,
      queryFn: ({ signal }: { signal: AbortSignal }) => read<Layout>(apiPaths.layout(id), signal),
    })),
  })
  const layouts = answers.flatMap(({ data }) => (data ? [data] : []))
  return { layouts, all: layouts.length === ids.length }
}

/** Every zone that seats of this house stand in, and those that cards still name. */
export function useZones(theater: MyTheater, cards: readonly PriceCard[]): string[] {
  const { layouts } = useLayouts(theater)
  const ofSeats = layouts.flatMap((layout) => layout.seats.map((seat) => seat.zone))
  const ofCards = cards.flatMap((card) => card.prices.map((price) => price.zone))
  return [...new Set([...ofSeats, ...ofCards])]
}
