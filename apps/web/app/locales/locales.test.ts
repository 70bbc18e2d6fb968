import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Texts = { [key: string]: string | Texts }

test('every text of the public pages exists in both languages with the same gaps to fill', () => {
  const english = flat(read('en'))
  const german = flat(read('de'))
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort())
  for (const [key, text] of english) expect(gaps(german.get(key) ?? ''), key).toEqual(gaps(text))
})

const read = (language: string): Texts =>
  JSON.parse(readFileSync(new URL(`${language}.json`, import.meta.url), 'utf8'))

const gaps = (text: string) => (text.match(/\{\{\w+\}\}|<\w+>/g) ?? []).sort()

function flat(texts: Texts, path = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') all.set(path + key, value)
    else for (const [inner, text] of flat(value, `${path}${key}.`)) all.set(inner, text)
  }
  return all
}
