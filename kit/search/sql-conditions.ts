import type { Location } from './search.ts'
import type { SearchIndex, ValueType } from './search-index.ts'
import { type Tables, valueColumn, wordsColumn } from './sql-tables.ts'

/** Takes a value and gives the parameter that stands for it. */
export type Give = (value: unknown) => string
export type Near = Location & { radiusKm: number }

type Wish = { filters?: object | undefined; near?: Near | undefined }

/** Greater than every text that begins so, byte by byte. */
export const afterAll = (beginning: string) => `${beginning}\u{10FFFF}`

/** What must hold of a document `d`, beside the words; of what is `lookedUp` by words no filter is looked up as well. */
export function conditions(
  index: SearchIndex,
  { filters = {}, near }: Wish,
  give: Give,
  { lookedUp = false } = {},
): string[] {
  const filtered = Object.entries(filters as Record<string, unknown>).flatMap(([name, wanted]) =>
    wanted === undefined || wanted === null ? [] : filterOn(index, { name, wanted, lookedUp }, give),
  )
  return [...filtered, ...(near ? within(near, give) : [])]
}

type Filter = { name: string; wanted: unknown; lookedUp: boolean }

function filterOn(index: SearchIndex, { name, wanted, lookedUp }: Filter, give: Give): string[] {
  const type = index.values[name]
  if (type === undefined) throw new Error(`The search index ${index.name} has no value ${name}`)
  const bare = `d.${valueColumn(name)}`
  const column = lookedUp && type !== 'keyword[]' ? unindexed(bare, type) : bare
  if (typeof wanted === 'object' && wanted !== null && 'in' in wanted) {
    const among = (wanted.in as unknown[]).map(clean)
    if (type === 'keyword[]' && lookedUp) return [`arrayoverlap(${column}, ${give(among)}::text[])`]
    if (type === 'keyword[]') return [`${column} && ${give(among)}::text[]`]
    return [`${column} = any(${give(among)}::${type === 'number' ? 'float8' : 'text'}[])`]
  }
  if (typeof wanted === 'object' && wanted !== null) {
    const { gte, lte } = wanted as { gte?: number; lte?: number }
    return [
      ...(gte === undefined ? [] : [`${column} >= ${give(gte)}::float8`]),
      ...(lte === undefined ? [] : [`${column} <= ${give(lte)}::float8`]),
    ]
  }
  if (type === 'keyword[]' && lookedUp)
    return [`arraycontains(${column}, array[${give(clean(wanted))}]::text[])`]
  if (type === 'keyword[]') return [`${column} @> array[${give(clean(wanted))}]::text[]`]
  if (type === 'number') return [`${column} = ${give(wanted)}::float8`]
  return type === 'flag'
    ? [`${column} = ${give(wanted)}::boolean`]
    : [`${column} = ${give(clean(wanted))}::text`]
}

const clean = (value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value

const kmPerDegree = 111.195
const earthRadiusKm = 6371.0088

/** A box that the index can use, then the distance itself. */
function within(near: Near, give: Give): string[] {
  const { lat, lon, radiusKm } = near
  const latSpan = radiusKm / kmPerDegree
  const widest = Math.min(90, Math.abs(lat) + latSpan)
  const lonSpan = latSpan / Math.max(0.01, Math.cos((widest * Math.PI) / 180))
  return [
    `d.lat between ${give(lat - latSpan)}::float8 and ${give(lat + latSpan)}::float8`,
    // A box across the date line or a pole has no simple sides; latitude and distance suffice there.
    ...(Math.abs(lon) + lonSpan < 180
      ? [`d.lon between ${give(lon - lonSpan)}::float8 and ${give(lon + lonSpan)}::float8`]
      : []),
    `${distance(near, give)} <= ${give(radiusKm)}::float8`,
  ]
}

/** Kilometres on a sphere to a document `d`: the haversine formula. */
export function distance({ lat, lon }: Location, give: Give): string {
  const [here, there] = [`${give(lat)}::float8`, `${give(lon)}::float8`]
  const half = (angle: string) => `sin(radians(${angle}) / 2) ^ 2`
  const chord = `${half(`d.lat - ${here}`)} + cos(radians(${here})) * cos(radians(d.lat)) * ${half(`d.lon - ${there}`)}`
  return `round((${2 * earthRadiusKm} * asin(least(1, sqrt(${chord}))))::numeric, 6)::float8`
}

export const everyWord = (words: readonly string[]) => words.map((word) => `'${word}':*`).join(' & ')

/**
 * Every word begins a word found up to the weight at `at`. Short words begin too much: they are only looked at
 * afterwards, unless there is nothing longer.
 */
export function matching(tables: Tables, at: number, words: readonly string[], give: Give): string[] {
  const column = `d.${wordsColumn(tables.weights[at] ?? 'A')}`
  const looked = worthLookingUp(words)
  const rest = words.filter((word) => !looked.includes(word))
  return [
    `${column} @@ ${give(everyWord(looked))}::tsquery`,
    ...(rest.length > 0 ? [`ts_match_vq(${column}, ${give(everyWord(rest))}::tsquery)`] : []),
  ]
}

/** The words that an index narrows most: of the longest kind there is, and numbers, which are few. */
export function worthLookingUp(words: readonly string[]): readonly string[] {
  for (const length of [4, 3]) {
    const long = words.filter((word) => word.length >= length || /\p{N}/u.test(word))
    if (long.length > 0) return long
  }
  return words
}

/**
 * Whether these words are few enough that all they are found in is best looked up, filtered and then put in order.
 * PostgreSQL takes words that seldom meet, or meet a filter, to meet often, and would walk down a whole order for them.
 */
export function areTelling(
  { articles = [] }: SearchIndex,
  words: readonly string[],
  { filters, near }: Wish,
): boolean {
  const alone = words.length === 1 && !near && Object.values(filters ?? {}).every((one) => one === undefined)
  return !alone && worthLookingUp(words).some((word) => word.length >= 3 && !articles.includes(word))
}

const rooms = [1, 9, 21, 41, 61, 81, 101]

/**
 * A limit is part of the text, since PostgreSQL takes one it does not know for a tenth of everything; there are few texts,
 * so that their plans are kept.
 */
export const roomFor = (limit: number): number => rooms.find((room) => room >= limit) ?? Math.trunc(limit)

/** A value as no index has it. */
export function unindexed(column: string, type: ValueType): string {
  if (type === 'flag') return `(${column}::int = 1)`
  return type === 'number' ? `(${column} + 0)` : `(${column} || '')`
}
