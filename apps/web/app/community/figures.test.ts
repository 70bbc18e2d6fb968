import { expect, test } from 'vitest'
import { withMyStars } from './figures.ts'

const empty = { average: null, count: 0, histogram: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }

test('my stars show in a film’s figures before the server counted them', () => {
  const first = withMyStars(empty, null, 4)
  expect(first).toMatchObject({ average: 4, count: 1 })
  const changed = withMyStars(first, 4, 3.5)
  expect(changed).toMatchObject({ average: 3.5, count: 1 })
  expect(changed.histogram[6]).toBe(1)
  expect(withMyStars(changed, 3.5, null)).toEqual(empty)
})

test('stars that the figures do not know yet are not taken away from others', () => {
  expect(withMyStars(empty, 5, null)).toEqual(empty)
})
