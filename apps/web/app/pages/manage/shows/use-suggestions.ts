import { useEffect, useRef, useState } from 'react'
import { send } from '../../../api/browser.ts'
import type { Items, Suggestion } from '../manage-types.ts'

type State = 'idle' | 'searching' | 'found' | 'failed'

/** Films whose titles look like a text, asked once the fingers rest. */
export function useSuggestions(text: string, onFound: (count: number) => void) {
  const [films, setFilms] = useState<Suggestion[]>([])
  const [state, setState] = useState<State>('idle')
  const tell = useRef(onFound)
  tell.current = onFound
  const q = text.trim()
  useEffect(() => {
    if (q === '') {
      setFilms([])
      return setState('idle')
    }
    setState('searching')
    const stop = new AbortController()
    const timer = setTimeout(() => {
      const path = `/api/movies/suggest?q=${encodeURIComponent(q.slice(0, 100))}`
      send<Items<Suggestion>>('GET', path, { signal: stop.signal }).then(
        (answer) => {
          setFilms(answer.ok ? answer.value.items : [])
          setState(answer.ok ? 'found' : 'failed')
          if (answer.ok) tell.current(answer.value.items.length)
        },
        // Only a newer search aborts this one.
        () => {},
      )
    }, 160)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [q])
  return { films, state }
}
