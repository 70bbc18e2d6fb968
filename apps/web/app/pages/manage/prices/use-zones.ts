import { useQueries } from '@tanstack/react-query'
import { read } from '../../../api/browser.ts'
import { apiPaths } from '../manage-paths.ts'
import type { Layout, MyTheater, PriceCard } from '../manage-types.ts'

/** Every zone that seats of this house stand in, and those that cards still name. */
export function useZones(theater: MyTheater, cards: readonly PriceCard[]): string[] {
  const ids = [...new Set(theater.screens.map((screen) => screen.layoutId))]
  const layouts = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['layout', id],
      staleTime: Number.POSITIVE_INFINITY,
      queryFn: ({ signal }: { signal: AbortSignal }) => read<Layout>(apiPaths.layout(id), signal),
    })),
  })
  const ofSeats = layouts.flatMap((layout) => layout.data?.seats.map((seat) => seat.zone) ?? [])
  const ofCards = cards.flatMap((card) => card.prices.map((price) => price.zone))
  return [...new Set([...ofSeats, ...ofCards])]
}
