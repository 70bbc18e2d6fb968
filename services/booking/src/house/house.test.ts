import { describe, expect, test } from 'vitest'
import { type Claim, createClaims } from './claims.ts'
import { openHouse } from './house.ts'
import { createPlan, type PlanSeat } from './plan.ts'

const now = 1_000_000

function room(rows: string[]): PlanSeat[] {
  const kinds: Record<string, PlanSeat['kind']> = { w: 'wheelchair', c: 'companion', s: 'sofa' }
  return rows.flatMap((line, y) =>
    [...line].flatMap((sign, x) => {
      if (sign === ' ') return []
      const row = String.fromCharCode(65 + y)
      const zone = sign === 's' ? 'sofa' : 'main'
      return [{ id: `${row}${x + 1}`, row, number: `${x + 1}`, x, y, zone, kind: kinds[sign] ?? 'standard' }]
    }),
  )
}

function open(rows: string[], taken = '') {
  const plan = createPlan(room(rows))
  const claims = createClaims()
  const seat = (id: string) => plan.indexOf.get(id) ?? -1
  const claim = (orderId: string, more: Partial<Claim> = {}): Claim => ({
    orderId,
    state: 'held',
    expiresAt: now + 1000,
    holder: orderId,
    network: '',
    ...more,
  })
  for (const id of taken.split(' ').filter(Boolean)) claims.set(seat(id), claim('earlier', { state: 'sold' }))
  const house = openHouse(plan, { claims, now, write: claims.set })
  const ids = (seats: readonly number[]) => seats.map((index) => plan.seats[index]?.id ?? '').join(' ')
  const hold = (orderId: string, wanted: string, more: Partial<Claim> = {}) =>
    answer(house.take({ claim: claim(orderId, more), seats: wanted.split(' ').map(seat), cap: 20 }))
  const best = (count: number, more: { wheelchairSpaces?: number; zones?: string[] } = {}) =>
    answer(
      house.take({
        claim: claim('best'),
        best: { count, zones: ['main', 'sofa'], wheelchairSpaces: 0, ...more },
      }),
    )
  const answer = (verdict: ReturnType<typeof house.take>) => {
    if (!verdict.ok) {
      const more = 'suggestions' in verdict ? ` try ${verdict.suggestions.map(ids).join(' or ')}` : ''
      return `${verdict.code}${'seats' in verdict ? ` ${ids(verdict.seats)}` : ''}${more}`
    }
    return `${ids(verdict.seats)}${verdict.together === false ? ' apart' : ''}`
  }
  return { plan, claims, claim, house, hold, best, seat }
}

describe('holding chosen seats', () => {
  test('gives all seats of an order or none', () => {
    const { hold } = open(['......'], 'A2')
    expect(hold('one', 'A1 A2')).toBe('seats-taken A2')
    expect(hold('two', 'A1')).toBe('A1')
  })

  test('gives a seat to the first who asks for it', () => {
    const { hold } = open(['......'])
    expect(hold('one', 'A1 A2')).toBe('A1 A2')
    expect(hold('two', 'A2 A3')).toBe('seats-taken A2')
  })

  test('lets a hold whose time is over be taken, and never one being paid', () => {
    const { claims, claim, hold, seat } = open(['..'])
    claims.set(seat('A1'), claim('old', { expiresAt: now }))
    claims.set(seat('A2'), claim('old', { expiresAt: now, state: 'paying' }))
    expect(hold('new', 'A2')).toBe('seats-taken A2')
    expect(hold('new', 'A1')).toBe('A1')
  })

  test('counts a claim that is already ours as won', () => {
    const { claims, claim, hold, seat } = open(['..'])
    claims.set(seat('A1'), claim('mine'))
    expect(hold('mine', 'A1 A2')).toBe('A1 A2')
  })

  test('stops a person at twenty unpaid seats of a show', () => {
    const { hold } = open(['..........', '..........', '..........'])
    const person = { holder: 'user:a' }
    expect(hold('one', 'A1 A2 A3 A4 A5 A6 A7 A8 A9 A10', person)).toMatch(/^A1 /)
    expect(hold('two', 'B1 B2 B3 B4 B5 B6 B7 B8 B9 B10', person)).toMatch(/^B1 /)
    expect(hold('three', 'C1', person)).toBe('too-many-holds')
    expect(hold('four', 'C1', { holder: 'user:b' })).toBe('C1')
  })
})

describe('single seats', () => {
  test('refuses to leave one seat beside the aisle and suggests its neighbours', () => {
    expect(open(['.......']).hold('one', 'A2 A3')).toBe('orphan-seat A1 try A1 A2 or A3 A4 or A4 A5')
  })
  test('refuses to leave one seat between two taken ones', () => {
    expect(open(['.......'], 'A1').hold('one', 'A3 A4')).toMatch(/^orphan-seat A2/)
  })
  test('takes a seat that was single before', () => {
    expect(open(['.......'], 'A2').hold('one', 'A1')).toBe('A1')
  })
  test('does not count the seat across the aisle', () => {
    expect(open(['... ...'], 'A5').hold('one', 'A1 A2 A3')).toBe('A1 A2 A3')
  })
  test('yields when there is no other choice left', () => {
    expect(open(['...']).hold('one', 'A1 A2')).toBe('A1 A2')
  })
  test('does not judge wheelchair and companion seats', () => {
    expect(open(['wc.w....']).hold('one', 'A1 A2')).toBe('A1 A2')
  })
  test('treats the end beside a wheelchair space as an aisle', () => {
    expect(open(['w.....']).hold('one', 'A3 A4')).toMatch(/^orphan-seat A2/)
  })
})

describe('best available', () => {
  test('sits people side by side near the middle, a little behind it', () => {
    expect(open(['.........', '.........', '.........', '.........', '.........']).best(3)).toBe('D4 D5 D6')
  })
  test('looks through the whole room, however cheap its first zone is', () => {
    const rows = ['.........', '.........', '.........', '.........', 'sssssssss', 'sssssssss']
    expect(open(rows).best(2)).toBe('D4 D5')
    expect(open(rows, 'D4 D5 D6 C4 C5 C6').best(2)).toBe('E4 E5')
    expect(open(rows).best(2, { zones: ['sofa'] })).toBe('F4 F5')
  })
  test('leaves no single seat, even off the middle', () => {
    expect(open(['......']).best(3)).toBe('A1 A2 A3')
  })
  test('says when people cannot sit together', () => {
    expect(open(['.. ..']).best(3)).toMatch(/ apart$/)
  })
  test('never gives wheelchair or companion seats away unasked', () => {
    expect(open(['wc.wc']).best(2)).toBe('not-enough-seats')
  })
  test('gives a wheelchair space with its companion seat when asked', () => {
    expect(open(['....wc....']).best(2, { wheelchairSpaces: 1 })).toBe('A5 A6')
  })
  test('says when there are not enough seats', () => {
    expect(open(['...']).best(4)).toBe('not-enough-seats')
  })
})
