import { type Searched, searchIndex } from '@marquee/kit/search'

/** What is searched of a theater: its name, and its city after it. */
export const theaterIndex = searchIndex({
  name: 'theaters',
  fields: { name: 'A', city: 'B' },
  titles: ['name'],
  articles: ['the'],
  values: { country: 'keyword' },
  located: true,
})

export type TheaterToIndex = {
  id: string
  version: number
  name: string
  city: string
  country: string
  lat: number | null
  lon: number | null
}

export function toDocument({
  id,
  version,
  name,
  city,
  lat,
  lon,
}: TheaterToIndex): Searched<typeof theaterIndex> {
  return { id, version, name, city, location: lat === null || lon === null ? null : { lat, lon } }
}
