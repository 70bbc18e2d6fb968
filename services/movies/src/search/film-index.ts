import { type Searched, searchIndex } from '@marquee/kit/search'
import type { Film } from '../film.ts'
import { sortTitle } from '../sort-title.ts'

/** What is searched of a film, and how found films may be filtered and sorted. */
export const filmIndex = searchIndex({
  name: 'films',
  fields: { title: 'A', originalTitle: 'A', people: 'B' },
  titles: ['title', 'originalTitle'],
  articles: ['the', 'a', 'an'],
  values: {
    genres: 'keyword[]',
    year: 'number',
    popularity: 'number',
    rating: 'number',
    released: 'keyword',
    sortTitle: 'keyword',
  },
  boost: 'popularity',
  sorts: {
    popular: ['-popularity'],
    rating: ['-rating', '-popularity'],
    newest: ['-released'],
    title: ['sortTitle'],
  },
})

export type FilmToIndex = {
  id: string
  version: number
  film: Film
  popularity: number
  weighted_rating: number
}

export function toDocument(given: FilmToIndex): Searched<typeof filmIndex> {
  const { id, version, film, popularity } = given
  return {
    id,
    version,
    title: film.title,
    originalTitle: film.originalTitle,
    people: [...film.directors, ...film.cast],
    genres: film.genres,
    year: film.year,
    popularity,
    // In tenths, so that not every rating writes the whole entry anew.
    rating: Math.round(given.weighted_rating * 10) / 10,
    released: film.releaseDate ?? String(film.year ?? ''),
    sortTitle: sortTitle(film.title),
  }
}
