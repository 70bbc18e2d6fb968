import { foldTitle } from '@marquee/kit/search'
import type { Film, MovieRecord } from './film.ts'

const kinds = ['imdb', 'tmdb', 'wikipedia'] as const

/** A shelf of known films in which a described one can be recognised. */
export function createShelf(known: Iterable<MovieRecord>) {
  const byId = new Map<string, MovieRecord>()
  const byExternalId = new Map<string, MovieRecord>()
  const byTitle = new Map<string, MovieRecord[]>()
  for (const record of known) add(record)
  return {
    add,
    find,
    /** The id of the film that has this external id. */
    holderOf: (kind: string, value: string) => byExternalId.get(`${kind}:${value}`)?.id,
  }

  function add(record: MovieRecord) {
    byId.set(record.id, record)
    for (const kind of kinds) {
      const value = record.film.externalIds[kind]
      if (value) byExternalId.set(`${kind}:${value}`, record)
    }
    const key = titleKey(record.film)
    const others = (byTitle.get(key) ?? []).filter((other) => other.id !== record.id)
    byTitle.set(key, [...others, record])
  }

  /** By id, then by any external id, then by title and year where no external id contradicts. */
  function find(film: Film, id?: string): MovieRecord | undefined {
    const own = id ? byId.get(id) : undefined
    if (own) return own
    for (const kind of kinds) {
      const value = film.externalIds[kind]
      const match = value ? byExternalId.get(`${kind}:${value}`) : undefined
      if (match) return match
    }
    return byTitle
      .get(titleKey(film))
      ?.find((other) => !contradicts(other.film.externalIds, film.externalIds))
  }
}

/** What titles are compared by; of one that is all signs nothing is left when folded. */
export const comparedTitle = (title: string) => foldTitle(title) || title

const titleKey = (film: Film) => `${comparedTitle(film.title)}|${film.year ?? ''}`

/** Whether both have an external id of one kind and it differs: then they are two films, whatever they are called. */
export function contradicts(one: Film['externalIds'], other: Film['externalIds']): boolean {
  return kinds.some((kind) => {
    const [mine, theirs] = [one[kind], other[kind]]
    return mine !== undefined && theirs !== undefined && mine !== theirs
  })
}
