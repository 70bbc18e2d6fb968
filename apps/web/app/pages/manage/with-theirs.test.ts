import { expect, test } from 'vitest'
import { withTheirs } from './with-theirs.ts'

test('of two owners who change a house at once, neither overwrites what the other wrote unseen', () => {
  const before = { name: 'Roxy', city: 'Bergen', access: ['captions'] }
  const mine = { ...before, name: 'Roxy am Kai' }
  const theirs = { name: 'Roxy', city: 'Oslo', access: ['captions', 'signed'] }
  expect(withTheirs(mine, before, theirs)).toEqual({
    name: 'Roxy am Kai',
    city: 'Oslo',
    access: ['captions', 'signed'],
  })
})

test('of two owners who change one price card, each keeps the cells they wrote and gets those of the other', () => {
  const before = { name: 'Evening', grid: { stalls: 1000, balcony: 1500 } }
  const mine = { name: 'Evening', grid: { stalls: 1000, balcony: 1900 } }
  const theirs = { name: 'Evening', grid: { stalls: 1100, balcony: 1600, sofa: 2000 } }
  expect(withTheirs(mine, before, theirs)).toEqual({
    name: 'Evening',
    grid: { stalls: 1100, balcony: 1900, sofa: 2000 },
  })
})
