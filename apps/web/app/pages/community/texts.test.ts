import { expect, test } from 'vitest'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

type Texts = { [key: string]: string | Texts }

const flat = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
  )
const gaps = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort()

test('every text about the community exists in both languages with the same gaps to fill', () => {
  const german = new Map(flat(de))
  const english = flat(en)
  expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort())
  for (const [key, text] of english) expect(gaps(german.get(key) ?? ''), key).toEqual(gaps(text))
})
