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
