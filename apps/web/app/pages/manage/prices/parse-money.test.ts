import { expect, test } from 'vitest'
import { parseMoney, writeMoney } from './parse-money.ts'

test('a price is taken as people type it, to the cent', () => {
  for (const text of ['12.50', '12,5', ' € 12.50 ', '12,50 €']) expect(parseMoney(text, 'EUR')).toBe(1250)
  expect(parseMoney('12', 'EUR')).toBe(1200)
  expect(parseMoney('0', 'EUR')).toBe(0)
  expect(parseMoney('1800', 'JPY')).toBe(1800)
})

test('a currency of thousandths is taken to the thousandth', () => {
  expect(parseMoney('3.5', 'KWD')).toBe(3500)
  expect(parseMoney('3.505', 'KWD')).toBe(3505)
  expect(parseMoney('3.5055', 'KWD')).toBeUndefined()
  expect(writeMoney(3505, 'KWD', 'en')).toBe('3.505')
})

test('what is no amount is no price', () => {
  for (const text of ['', '12.505', '-1', 'twelve', '1.2.3', '1,000.00'])
    expect(parseMoney(text, 'EUR')).toBeUndefined()
  expect(parseMoney('18.5', 'JPY')).toBeUndefined()
})

test('a price is written back as it would be typed', () => {
  expect(writeMoney(1250, 'EUR', 'en')).toBe('12.50')
  expect(writeMoney(1205, 'EUR', 'de')).toBe('12,05')
  expect(writeMoney(1800, 'JPY', 'en')).toBe('1800')
})
