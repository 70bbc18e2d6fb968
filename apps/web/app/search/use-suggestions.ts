import { useEffect, useState } from 'react'
import { type Answer, send } from '../api/browser.ts'
import type { Items, Suggestion, Theater } from '../api/types.ts'
import { paths } from '../util/path-builder.ts'

/** Something a search may lead to. */
export type Found = { id: string; kind: 'film' | 'theater'; name: string; note: string; to: string }

const restMs = 140

/**
 * Films and theaters, or films alone, that look like what is being typed, asked when the fingers rest. Undefined until
 * it is known.
 */
export function useSuggestions(text: string, kinds: 'all' | 'films' = 'all'): Found[] | undefined {
  const [found, setFound] = useState<Found[]>()
  const q = text.trim().slice(0, 100)
  useEffect(() => {
    setFound(undefined)
    if (q.length < 2) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      // Only a newer search aborts this one.
      ask(q, kinds, stop.signal).then(setFound, () => {})
    }, restMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [q, kinds])
  return found
}

/** Undefined when nobody answered: that nothing was found is only said by those who looked. */
async function ask(q: string, kinds: 'all' | 'films', signal: AbortSignal): Promise<Found[] | undefined> {
  const query = encodeURIComponent(q)
  const [films, theaters] = await Promise.all([
    send<Items<Suggestion>>('GET', `/api/movies/suggest?q=${query}`, { signal }),
    kinds === 'all' ? send<Items<Theater>>('GET', `/api/theaters?q=${query}&limit=3`, { signal }) : none,
  ])
  const found = [
    ...(films.ok ? films.value.items.slice(0, 7).map(ofFilm) : []),
    ...(theaters.ok ? theaters.value.items.map(ofTheater) : []),
  ]
  return found.length > 0 || (films.ok && theaters.ok) ? found : undefined
}

const none: Answer<Items<Theater>> = { ok: true, status: 200, value: { items: [], nextCursor: null } }

const ofFilm = ({ id, title, year }: Suggestion): Found => ({
  id,
  kind: 'film',
  name: title,
  note: year ? String(year) : '',
  to: paths.film(id),
})
const ofTheater = ({ id, name, city }: Theater): Found => ({
  id,
  kind: 'theater',
  name,
  note: city,
  to: paths.theater(id),
})
