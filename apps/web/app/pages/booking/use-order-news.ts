import type { Order } from '@marquee/contracts/booking'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { type News, newsOf } from './order-news.ts'

/**
 * What became of the order of this page since it was opened. The next thing is not told while `isOwnDoing` is set:
 * whoever does it hears of it where they do it. What had the focus may be gone with the news; then the heading gets it.
 */
export function useOrderNews(order: Order | null, isOwnDoing: RefObject<boolean>): News | undefined {
  const [news, setNews] = useState<News>()
  const before = useRef(order)
  const focused = useRef<Element>(null)
  useEffect(() => {
    const note = () => {
      focused.current = document.activeElement
    }
    document.addEventListener('focusin', note)
    return () => document.removeEventListener('focusin', note)
  }, [])
  useEffect(() => {
    const was = before.current
    before.current = order
    if (!was || !order) return
    if (was.id !== order.id) return setNews(undefined)
    const found = newsOf(was, order)
    if (!found) return
    if (isOwnDoing.current) {
      isOwnDoing.current = false
      return
    }
    setNews(found)
    if (focused.current?.isConnected === false) focusHeading()
  }, [order, isOwnDoing])
  return news
}

function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>('main h1')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
}
