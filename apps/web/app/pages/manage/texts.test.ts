import { expect, test } from 'vitest'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import { keyFor } from './prices/key-for.ts'

type Texts = { [key: string]: string | Texts }

const flat = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
const gaps = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort()

test('every text of the owner pages exists in both languages with the same gaps to fill', () => {
  const german = new Map(flat(de))
  const english = flat(en)
  expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort())
  for (const [key, text] of english) expect(gaps(german.get(key) ?? ''), key).toEqual(gaps(text))
})

test('a ticket gets a key from its name that no other ticket has', () => {
  expect(keyFor('Students & pupils', [])).toBe('students-pupils')
  expect(keyFor('Ermäßigt', [])).toBe('ermassigt')
  expect(keyFor('大人', [])).toBe('ticket')
  expect(keyFor('Adult', ['adult', 'adult-2'])).toBe('adult-3')
})
