import { useEffect, useState } from 'react'

/**
 * The secret of a mailed link. It stands after `#`, so that no server or referrer ever sees it, and is taken out of
 * the address at once. `undefined` until the browser has looked, `null` when there is none.
 */
export function useMailedToken(): string | null | undefined {
  const [token, setToken] = useState<string | null>()
  useEffect(() => {
    const found = new URLSearchParams(window.location.hash.slice(1)).get('token')
    setToken((known) => known ?? found)
    if (found) window.history.replaceState(window.history.state, '', window.location.pathname)
  }, [])
  return token
}
