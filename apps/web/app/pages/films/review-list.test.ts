import { expect, test } from 'vitest'
import type { Review } from '../../api/types.ts'
import { noReviews, type ReviewList, renewed, withMore } from './review-list.ts'

const reviews = (...ids: string[]) => ids.map((id) => ({ id }) as Review)
const page = (nextCursor: string | null, ...ids: string[]) => ({ items: reviews(...ids), nextCursor })
const shown: ReviewList = { ...page('newest-3', 'a', 'b'), sort: 'newest' }

test('another day of a film leaves what more was asked for of its reviews', () => {
  expect(renewed(shown, page('newest-2', 'a'), 'newest')).toBe(shown)
})

test('reviews that do not answer in time leave those that are shown', () => {
  expect(renewed(shown, undefined, 'newest')).toBe(shown)
  expect(renewed(shown, undefined, 'highest')).toBe(shown)
})

test('another order begins anew, and so do reviews that had not come', () => {
  const first = page(null, 'c')
  expect(renewed(shown, first, 'highest')).toEqual({ ...first, sort: 'highest' })
  expect(renewed(noReviews, first, 'helpful')).toEqual({ ...first, sort: 'helpful' })
})

test('the next page of another order, arriving late, is not put under the one that is chosen now', () => {
  expect(withMore(shown, 'newest-3', page(null, 'b', 'c'))).toEqual({
    ...page(null, 'a', 'b', 'c'),
    sort: 'newest',
  })
  expect(withMore(shown, 'helpful-2', page('helpful-3', 'x'))).toBe(shown)
})
