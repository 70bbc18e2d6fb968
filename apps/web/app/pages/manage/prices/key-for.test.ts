import { expect, test } from 'vitest'
import { keyFor } from './key-for.ts'

test('a ticket gets a key from its name that no other ticket has', () => {
  expect(keyFor('Students & pupils', [])).toBe('students-pupils')
  expect(keyFor('Ermäßigt', [])).toBe('ermassigt')
  expect(keyFor('大人', [])).toBe('ticket')
  expect(keyFor('Adult', ['adult', 'adult-2'])).toBe('adult-3')
})
