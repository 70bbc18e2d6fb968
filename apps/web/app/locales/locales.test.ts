import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

type Texts = { [key: string]: string | Texts }

const app = join(import.meta.dirname, '..')
const areas = globSync('**/en.json', { cwd: app }).map(dirname).sort()

test('every area that has texts is looked at', () => {
  expect(areas).toEqual([
    'community',
    'locales',
    'pages/booking',
    'pages/community',
    'pages/door',
    'pages/manage',
  ])
})

describe.each(areas)('the texts of %s', (area) => {
  const english = flat(read(area, 'en'))
  const german = flat(read(area, 'de'))

  test('exist in both languages with the same gaps to fill', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, text] of english) expect(gaps(german.get(key) ?? ''), key).toEqual(gaps(text))
  })

  test('say one thing and several things differently', () => {
    const keys = [...english.keys()]
    const counting = keys.filter((key) =>
      [english, german].some((texts) => counts.test(texts.get(key) ?? '')),
    )
    expect(counting.filter((key) => !/_(zero|one|other)$/.test(key))).toEqual([])
    const lonely = keys.filter(
      (key) => key.endsWith('_other') && !english.has(key.replace(/_other$/, '_one')),
    )
    expect(lonely).toEqual([])
  })
})

// A number before a whole word; a unit such as "min" stays as it is.
const counts = /\{\{(count|number|minutes|rows)\}\} \p{L}{4,}/u

function read(area: string, language: string): Texts {
  return JSON.parse(readFileSync(join(app, area, `${language}.json`), 'utf8'))
}

function gaps(text: string): string[] {
  return (text.match(/\{\{\w+\}\}|<\w+>/g) ?? []).sort()
}

function flat(texts: Texts, path = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') all.set(path + key, value)
    else for (const [inner, text] of flat(value, `${path}${key}.`)) all.set(inner, text)
  }
  return all
}
