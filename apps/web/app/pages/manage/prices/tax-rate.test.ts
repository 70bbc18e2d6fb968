import { expect, test } from 'vitest'
import { parseRate, rateInWords, writeRate } from './tax-rate.ts'

test('a tax rate is taken as people type it, to a tenth of a per cent', () => {
  for (const text of ['5.5', '5,5', ' 5.5 % ', '5,5%']) expect(parseRate(text)).toBe(55)
  expect(parseRate('19')).toBe(190)
  expect(parseRate('0')).toBe(0)
  expect(parseRate('50')).toBe(500)
})

test('what is no percentage from 0 to 50 is no tax rate', () => {
  for (const text of ['', '50.1', '100', '-7', '7.25', 'seven']) expect(parseRate(text)).toBeUndefined()
})

test('a tax rate is written and read the way the language does', () => {
  expect([writeRate(55, 'en'), writeRate(55, 'de'), writeRate(0, 'en')]).toEqual(['5.5', '5,5', '0'])
  expect([rateInWords(55, 'en'), rateInWords(190, 'de')]).toEqual(['5.5%', '19\u00a0%'])
  expect(parseRate(writeRate(55, 'de'))).toBe(55)
})
