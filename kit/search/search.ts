import type { SearchIndex, ValueType } from './search-index.ts'

export type Location = { lat: number; lon: number }

type ValueOf<Type extends ValueType> = Type extends 'keyword'
  ? string
  : Type extends 'keyword[]'
    ? readonly string[]
    : Type extends 'flag'
      ? boolean
      : number

type FilterOf<Type extends ValueType> = Type extends 'number'
  ? number | { gte?: number | undefined; lte?: number | undefined } | { in: readonly number[] }
  : Type extends 'flag'
    ? boolean
    : string | { in: readonly string[] }

/** What is searched of one thing. A put of an older version than is known is ignored. */
export type Searched<Index extends SearchIndex> = { id: string; version: number } & {
  readonly [Field in keyof Index['fields']]?: string | readonly string[] | null
} & { readonly [Name in keyof Index['values']]?: ValueOf<Index['values'][Name]> | null } & {
  location?: Location | null
}

export type SearchWish<Index extends SearchIndex> = {
  /** Every word must begin a word of the thing. Accents, case and punctuation do not matter. */
  q?: string | undefined
  filters?: { readonly [Name in keyof Index['values']]?: FilterOf<Index['values'][Name]> | undefined }
  /** Only what lies within; without a `sort` the nearest come first. */
  near?: (Location & { radiusKm: number }) | undefined
  /** `relevance` unless told; without `q` that is the boost. */
  sort?: 'relevance' | (keyof Index['sorts'] & string) | undefined
  /** 1 to 100. */
  limit: number
  cursor?: string | undefined
}

export type Found = { id: string; distanceKm?: number }
export type FoundPage = {
  items: Found[]
  nextCursor: string | null
  /** True when nothing matched as written, and these are what may have been meant. */
  guessed: boolean
}
/** `title` is the one that matched, `name` the thing's first one. */
export type Suggestion<Values extends Record<string, ValueType>, Name extends keyof Values> = {
  id: string
  title: string
  name: string
  values: { readonly [Each in Name]: ValueOf<Values[Each]> | null }
}

/**
 * One index. Relevance: exact titles first, then titles that begin so, then words of weight A, of A and B, of
 * all; the boost breaks ties. When nothing matches, words that are nearly the same are looked for.
 */
export type SearchStore<Index extends SearchIndex> = {
  /** False while the index was never filled as it is now declared: put everything, then call `markFilled`. */
  isFilled(): Promise<boolean>
  /** The index holds everything; what was kept for an earlier declaration is dropped. */
  markFilled(): Promise<void>
  /** Inserts or replaces, in batches; found by whoever asks after it resolves. */
  put(documents: readonly Searched<Index>[]): Promise<void>
  remove(ids: readonly string[]): Promise<void>
  /** Undefined when the cursor is none of this question. */
  search(wish: SearchWish<Index> & { cursor?: undefined }): Promise<FoundPage>
  search(wish: SearchWish<Index>): Promise<FoundPage | undefined>
  /** While somebody types: what is called so, each once, with the title that matched and these values. At most 20. */
  suggest<Name extends keyof Index['values'] & string = never>(
    q: string,
    wish?: { limit?: number; values?: readonly Name[] },
  ): Promise<Suggestion<Index['values'], Name>[]>
}

/** Where a service's things are found. */
export type Search = {
  /** Creates what is declared and not there yet. */
  open<Index extends SearchIndex>(index: Index): Promise<SearchStore<Index>>
}
