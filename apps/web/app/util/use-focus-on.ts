import { useCallback, useEffect, useRef } from 'react'

/** Moves the focus to the place with an id as soon as it is drawn: where a form closes, the keyboard would start over. */
export function useFocusOn(): (id: string) => void {
  const wanted = useRef<string>(undefined)
  useEffect(() => {
    const place = wanted.current === undefined ? null : document.getElementById(wanted.current)
    if (!place) return
    wanted.current = undefined
    if (place.tabIndex < 0) place.tabIndex = -1
    place.focus()
  })
  return useCallback((id) => {
    wanted.current = id
  }, [])
}
