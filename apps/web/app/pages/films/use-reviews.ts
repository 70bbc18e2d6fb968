import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { send } from '../../api/browser.ts'
import type { Items, Review } from '../../api/types.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { noReviews, type ReviewSort, renewed, withMore, withoutReview, withReview } from './review-list.ts'

/** The list as it came with the page, and what was asked for since. */
export function useReviews(movieId: string, first: Items<Review> | undefined, sort: ReviewSort) {
  const { t } = useTranslation('voices')
  const announce = useAnnounce()
  const [list, setList] = useState(() => renewed(noReviews, first, sort))
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  useEffect(() => setList((shown) => renewed(shown, first, sort)), [first, sort])
  const newest = useRef(list)
  newest.current = list

  async function more() {
    const { nextCursor: cursor, sort: order } = list
    if (!cursor || !order || state === 'busy') return
    setState('busy')
    const query = new URLSearchParams({ sort: order, cursor, limit: '10' })
    const answer = await send<Items<Review>>('GET', `/api/movies/${movieId}/reviews?${query}`)
    // Another order was chosen meanwhile: this is none of its pages.
    const isLate = newest.current.nextCursor !== cursor
    setState(answer.ok || isLate ? 'idle' : 'failed')
    if (!answer.ok || isLate) return
    setList((shown) => withMore(shown, cursor, answer.value))
    announce(t('reviews.moreSaid', { count: answer.value.items.length }))
  }

  return {
    reviews: list.items,
    next: list.nextCursor,
    hasCome: list.sort !== undefined,
    busy: state === 'busy',
    failed: state === 'failed',
    more,
    put: (review: Review) => setList((shown) => withReview(shown, review)),
    remove: (reviewId: string) => setList((shown) => withoutReview(shown, reviewId)),
  }
}
