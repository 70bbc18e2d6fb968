import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

/** After a page changed without a reload, the focus goes to its heading, so that it is read and Tab goes on from there. */
export function useFocusOnNavigation(): void {
  const { pathname } = useLocation()
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    const heading = document.querySelector<HTMLElement>('main h1')
    if (!heading) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }, [pathname])
}
