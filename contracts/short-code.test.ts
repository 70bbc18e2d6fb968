import { randomUUIDv7 } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idEndOf, readSigns, shortCodeOf, spelled } from './short-code.ts'

const ticketId = fc.uuid({ version: 7 })
const takenFor: Record<string, string[]> = { 0: ['O', 'o'], 1: ['I', 'i', 'L', 'l'] }
const written = (sign: string) => fc.constantFrom(sign, sign.toLowerCase(), ...(takenFor[sign] ?? []))
const gap = fc.constantFrom('', '', ' ', '-', ' - ', '\u2011', '\u2013', '\u00a0', '\t')

test('a code is eight signs in two halves, without I, L, O and U', () => {
  expect(shortCodeOf('0193c0de-0000-7000-8000-000000000000')).toBe('0000-0000')
  expect(shortCodeOf('0193c0de-0000-7000-8000-00ffffffffff')).toBe('ZZZZ-ZZZZ')
  expect(shortCodeOf('0193C0DE-0000-7000-8000-0000443214C7')).toBe('0123-4567')
  fc.assert(
    fc.property(ticketId, (id) => {
      expect(shortCodeOf(id)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    }),
  )
})

test('a code leads back to its ticket, however a hand writes it', () => {
  const typed = ticketId.chain((id) =>
    fc.record({
      id: fc.constant(id),
      parts: fc.tuple(...[...shortCodeOf(id).replace('-', '')].map((sign) => fc.tuple(gap, written(sign)))),
      end: gap,
    }),
  )
  fc.assert(
    fc.property(typed, ({ id, parts, end }) => {
      expect(idEndOf(`${parts.flat().join('')}${end}`)).toBe(id.slice(-10))
    }),
  )
})

test('other ends of ids have other codes', () => {
  fc.assert(
    fc.property(ticketId, ticketId, (one, other) => {
      expect(shortCodeOf(one) === shortCodeOf(other)).toBe(one.slice(-10) === other.slice(-10))
    }),
  )
})

test('what is too short, too long or written with other signs is no code', () => {
  const others = [
    '',
    '   ',
    '----',
    '7KQ2-M4X',
    '7KQ2-M4XDD',
    '7KQ2-M4XU',
    '7KQ2_M4XD',
    '7KQ2-M4Xß',
    '7KQ2-M4X\u0131',
  ]
  expect(others.map(idEndOf)).toEqual(others.map(() => undefined))
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      expect(idEndOf(text) ?? '0123456789').toMatch(/^[0-9a-f]{10}$/)
    }),
  )
})

test('signs are read in capitals, as what they were meant to be', () => {
  expect(readSigns('il0o-abcde')).toBe('1100ABCDE')
  expect(readSigns('MQ1.payload')).toBeUndefined()
})

test('tickets issued in one moment have codes that share nothing but by chance', () => {
  const made = Array.from({ length: 4000 }, () => idEndOf(shortCodeOf(randomUUIDv7())) ?? '')
  expect(new Set(made).size).toBe(made.length)
  const bits = made.map((end) => Number.parseInt(end, 16).toString(2).padStart(40, '0'))
  for (let at = 0; at < 40; at += 1) {
    const set = bits.filter((one) => one[at] === '1')
    const asBefore = bits.filter((one, index) => one[at] === bits[index - 1]?.[at])
    expect(set.length / bits.length).toBeCloseTo(0.5, 1)
    expect(asBefore.length / bits.length).toBeCloseTo(0.5, 1)
  }
})

test('a code is spelled for those who hear it', () => {
  expect(spelled('7KQ2-M4XD')).toBe('7 K Q 2, M 4 X D')
})
