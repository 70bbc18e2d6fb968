export { fold, foldTitle } from './fold.ts'
export type {
  Found,
  FoundPage,
  Location,
  Search,
  Searched,
  SearchStore,
  SearchWish,
  Suggestion,
} from './search.ts'
export { type SearchIndex, searchIndex } from './search-index.ts'
export { roomFor } from './sql-conditions.ts'
export { createSqlSearch } from './sql-search.ts'
