import type { OwnShow, Sales } from '../manage-types.ts'

/** Sold seats, capacity and takings of some shows; a cancelled show brings neither seats nor room, but what went back. */
export function takingsOf(shows: readonly OwnShow[], sales: readonly Sales[] | undefined, currency: string) {
  const counted = shows.filter((show) => show.status === 'scheduled')
  const figures = counted.map((show) => sales?.find((one) => one.showId === show.id))
  const sum = (of: (one: Sales) => number) => figures.reduce((total, one) => total + (one ? of(one) : 0), 0)
  return {
    sold: sum((one) => one.sold),
    held: sum((one) => one.held),
    admitted: sum((one) => one.admitted),
    capacity: counted.reduce((total, show) => total + show.capacity, 0),
    refunded: shows
      .filter((show) => show.status === 'cancelled')
      .reduce((total, show) => total + (sales?.find((one) => one.showId === show.id)?.refunded ?? 0), 0),
    takings: { amount: sum((one) => one.takings.amount), currency },
  }
}
