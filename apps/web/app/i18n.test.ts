import { expect, test } from 'vitest'
import { i18nFor } from './i18n.ts'

test('a name from right to left stands apart in a sentence, and any other as it is', () => {
  const say = (name: string) => i18nFor('en').t('search.titleOf', { q: name })
  expect(say('אבי (כהן)')).toBe('Search: \u2068אבי (כהן)\u2069')
  expect(say('Tom & <b>Ann</b>')).toBe('Search: Tom & <b>Ann</b>')
})

test('a genre is called by its name in the reader’s language', () => {
  const name = (language: string) => i18nFor(language).t('genres.Science Fiction')
  expect(name('de')).toBe('Science-Fiction')
  expect(name('en')).toBe('Science Fiction')
})
