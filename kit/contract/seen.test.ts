import { expect, it } from 'vitest'
import { laterSeen, readSeen, seenAt, seenUnknown } from './seen.ts'

it('of two marks the later counts, for each database by itself', () => {
  const one = `${seenAt('71', 0x10n)}.${seenAt('72', 0xffn)}`
  const other = `${seenAt('71', 0x9n)}.${seenAt('73', 1n)}`
  expect(laterSeen(one, other)).toBe('71-10.72-ff.73-1')
  expect(laterSeen(other, one)).toBe('71-10.73-1.72-ff')
  expect(laterSeen(undefined, one)).toBe(one)
  expect(laterSeen('', one)).toBe(one)
})

it('a change that nobody can place makes everything unknown', () => {
  expect(laterSeen('71-10', seenUnknown)).toBe(seenUnknown)
  expect(laterSeen(seenUnknown, undefined)).toBe(seenUnknown)
})

it('what a client made up is no mark, and who saw nothing has seen nothing', () => {
  for (const made of [
    '?',
    '71',
    '71-',
    '71-xyz',
    '71-10.',
    '-10',
    '71-10;72-1',
    `${'71-10.'.repeat(200)}71-10`,
  ])
    expect(readSeen(made)).toBeUndefined()
  expect(readSeen('')).toEqual(new Map())
  // The same database twice: somebody glued two marks together.
  expect(readSeen('71-10.71-f')).toEqual(new Map([['71', 0x10n]]))
})
