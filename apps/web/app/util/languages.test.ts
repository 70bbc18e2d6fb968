import { expect, test } from 'vitest'
import { countryInWords, languageInWords } from './languages.ts'

test('a language is called by its name in the reader’s language, whether a code or a name is kept', () => {
  expect(languageInWords('de', 'en')).toBe('German')
  expect(languageInWords('German', 'de')).toBe('Deutsch')
  expect(languageInWords('Cantonese', 'de')).toBe('Kantonesisch')
  expect(languageInWords('French', 'en')).toBe('French')
  expect(languageInWords('pt-BR', 'en')).toBe('Brazilian Portuguese')
  expect(languageInWords('Klingon, mostly', 'de')).toBe('Klingon, mostly')
  expect(languageInWords('und-x', 'de')).toBe('und-x')
})

test('a country likewise', () => {
  expect(countryInWords('US', 'en')).toBe('United States')
  expect(countryInWords('United States', 'de')).toBe('Vereinigte Staaten')
  expect(countryInWords('USA', 'de')).toBe('Vereinigte Staaten')
  expect(countryInWords('Germany', 'de')).toBe('Deutschland')
  expect(countryInWords('West Germany', 'de')).toBe('West Germany')
})
