import { expect, test } from 'vitest'
import { expectedVersion } from './expected-version.ts'

const given = (header?: string) => expectedVersion({ headers: { 'if-match': header } })

test('a version may come with quotes, without, and as a weak one', () => {
  expect(['"3"', '3', 'W/"12"'].map(given)).toEqual([3, 3, 12])
})
test('whoever does not say what they saw, or says that anything will do, changes whatever is there', () => {
  expect([given(), given('*')]).toEqual([undefined, undefined])
})
test('what is no version matches none', () => {
  expect(['', '"of another kind"', '"1", "2"', '1e3', '-1', '12345678901'].map(given)).toEqual(
    Array(6).fill(-1),
  )
})
