import { describe, expect, test } from 'vitest'
import { comeBackAfter, type Frame, hear, retryAfter, type Taken } from './live-seats.ts'

const at = (version: number, ...taken: string[]): Taken => ({
  version,
  taken: new Set(taken),
  cancelled: false,
})
const change = (from: number, version: number, taken: string[], freed: string[] = []) =>
  ({ type: 'seats', from, version, taken, freed }) as const

describe('the live map', () => {
  test('adds what was taken and drops what became free', () => {
    const { state, gap } = hear(at(4, 'A1', 'A2'), change(4, 5, ['B1'], ['A2']))
    expect([...state.taken].sort()).toEqual(['A1', 'B1'])
    expect(state.version).toBe(5)
    expect(gap).toBe(false)
  })
  test('ignores a frame that arrives late', () => {
    const now = at(7, 'A1')
    expect(hear(now, change(5, 6, [], ['A1'])).state).toBe(now)
  })
  test('joins a frame that began before what it knows', () => {
    const { state, gap } = hear(at(7, 'A1'), change(5, 9, ['C3']))
    expect(state.version).toBe(9)
    expect(gap).toBe(false)
  })
  test('notices that something was missed, and changes nothing until it knows all', () => {
    const now = at(4, 'A1')
    expect(hear(now, change(6, 7, ['B1']))).toEqual({ state: now, gap: true })
  })
  test('takes a whole new map after a gap, but never an older one', () => {
    const snapshot: Frame = { type: 'snapshot', version: 9, taken: ['D4'] }
    expect([...hear(at(4, 'A1'), snapshot).state.taken]).toEqual(['D4'])
    expect(hear(at(10, 'A1'), snapshot).state.version).toBe(10)
  })
  test('knows of a cancelled show whatever else it is told with, and for good', () => {
    const frames: Frame[] = [
      { ...change(4, 5, []), cancelled: true },
      { ...change(3, 4, []), cancelled: true },
      { ...change(6, 7, []), cancelled: true },
      { type: 'snapshot', version: 5, taken: [], cancelled: true },
    ]
    const after = frames.map((frame) => hear(at(4, 'A1'), frame).state)
    expect(after.map(({ cancelled }) => cancelled)).toEqual([true, true, true, true])
    const [now = at(0)] = after
    expect(hear(now, change(5, 6, ['B1'])).state.cancelled).toBe(true)
  })
  test('returns later after each failure, and not at the same moment as everybody else', () => {
    expect(retryAfter(1, 0)).toBe(500)
    expect(retryAfter(1, 1)).toBe(1000)
    expect(retryAfter(30, 1)).toBe(20_000)
  })
})

test('when the server restarts its watchers return spread over the time it names, not all at once', () => {
  const told = { code: 1012, reason: 'restart; come back within 3000 ms' }
  expect(comeBackAfter(told, 0)).toBe(0)
  expect(comeBackAfter(told, 0.5)).toBe(1500)
  expect(comeBackAfter({ code: 1012, reason: '' }, 0.5)).toBe(1000)
  expect(comeBackAfter({ code: 1012, reason: 'within 999999 ms' }, 1)).toBe(20_000)
  expect(comeBackAfter({ code: 1006, reason: '' }, 0.5)).toBeUndefined()
})
