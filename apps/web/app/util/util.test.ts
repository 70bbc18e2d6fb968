import { expect, test } from 'vitest'
import { safeNext } from '../pages/account/failure-text.ts'
import { cinemaDayOf, cinemaToday, isDay, runtimeInWords } from './dates.ts'
import { languageInWords } from './languages.ts'
import { formatMoney, inMajorUnits, signOf } from './money.ts'
import { paths } from './path-builder.ts'
import { languageOf, themeOf } from './preferences.ts'

test('the show at half past midnight belongs to the evening before', () => {
  expect(cinemaDayOf('2026-12-01T00:30')).toBe('2026-11-30')
  expect(cinemaDayOf('2026-12-01T05:00')).toBe('2026-12-01')
})

test('a house whose day begins at another hour counts its shows by that', () => {
  expect(cinemaDayOf('2026-12-01T00:30', '00:00:00')).toBe('2026-12-01')
  expect(cinemaDayOf('2026-12-01T06:15', '06:30')).toBe('2026-11-30')
  const now = new Date('2026-12-01T05:20:00Z')
  expect(cinemaToday('Europe/Berlin', now, '06:30')).toBe('2026-11-30')
  expect(cinemaToday('Europe/Berlin', now, '06:00')).toBe('2026-12-01')
})

test('today is the day that is running where the theater stands', () => {
  const now = new Date('2026-11-21T06:30:00Z')
  expect(cinemaToday('Europe/Berlin', now)).toBe('2026-11-21')
  expect(cinemaToday('America/New_York', now)).toBe('2026-11-20')
})

test('a day in an address is taken only when it is one', () => {
  expect(isDay('2026-11-21')).toBe(true)
  for (const wrong of [null, '', '2026-13-01', 'tomorrow', '2026-11-21T10:00'])
    expect(isDay(wrong)).toBe(false)
})

test('yen have no cents', () => {
  expect(formatMoney({ amount: 1250, currency: 'EUR' }, 'en')).toBe('€12.50')
  expect(formatMoney({ amount: 1800, currency: 'JPY' }, 'en')).toBe('JP¥1,800')
  expect(inMajorUnits({ amount: 1800, currency: 'JPY' })).toBe('1800')
})

test('a currency stands beside an amount where its readers look for it', () => {
  expect(signOf('EUR', 'en')).toEqual({ sign: '€', stands: 'before' })
  expect(signOf('EUR', 'de')).toEqual({ sign: '€', stands: 'behind' })
  expect(signOf('NOK', 'en')).toEqual({ sign: 'NOK', stands: 'before' })
  expect(signOf('NOK', 'de')).toEqual({ sign: 'NOK', stands: 'behind' })
})

test('lengths are written as programmes write them', () => {
  expect(runtimeInWords(125)).toBe('2 h 05')
  expect(runtimeInWords(45)).toBe('45 min')
})

test('logging in never leads off the site', () => {
  expect(safeNext('/shows/1')).toBe('/shows/1')
  expect(safeNext('/films/1?reviews=newest#review-2')).toBe('/films/1?reviews=newest#review-2')
  for (const bad of [
    null,
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    // Browsers leave tabs and line breaks out of an address.
    '/\t/elsewhere.example',
    '/\n\\elsewhere.example',
    '/.//elsewhere.example',
    '/a/..//elsewhere.example',
  ])
    expect(safeNext(bad), JSON.stringify(bad)).toBe('/')
})

test('a page comes in the language and light the visitor chose', () => {
  const asked = (cookie: string, accept = '') =>
    new Request('http://x/', { headers: { cookie, 'accept-language': accept } })
  expect(languageOf(asked('', 'fr, de;q=0.9'))).toBe('de')
  expect(languageOf(asked('language=en', 'de'))).toBe('en')
  expect(languageOf(asked('language=xx', ''))).toBe('en')
  expect(themeOf(asked('a=b; theme=light'))).toBe('light')
  expect(themeOf(asked('theme=pink'))).toBeUndefined()
})

test('links leave out what was not asked', () => {
  expect(paths.films({ q: 'a b', genre: undefined, sort: '' })).toBe('/films?q=a+b')
  expect(paths.poster('x')).toBe('/posters/x.svg')
})

test('a language is called what its reader calls it', () => {
  expect(languageInWords('de', 'en')).toBe('German')
  expect(languageInWords('de', 'de')).toBe('Deutsch')
  for (const own of ['Plattdeutsch mit Musik', 'zz-9', 'original'])
    expect(languageInWords(own, 'en')).toBe(own)
})
