import { keepsVersions } from './suite-keeping.ts'
import { findsPlaces, keepsOrders } from './suite-lists.ts'
import { openShelves, type SuiteEngine } from './suite-shelves.ts'
import { findsWords } from './suite-words.ts'

export type { SuiteEngine }

/** What every adapter of `Search` must do. */
export function searchSuite(prepare: () => Promise<SuiteEngine>): void {
  const shelves = openShelves(prepare)
  findsWords(shelves)
  keepsOrders(shelves)
  findsPlaces(shelves)
  keepsVersions(shelves)
}
