import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSeatBoards } from './seat-board.ts'
import { createSeatWatch } from './seat-watch.ts'

type Shown = { type: string; version: number; taken: string[] }

/** A house with several shows, of which only few are kept in memory. */
function openHouse({ mostBoards = 10 } = {}) {
  const sold = new Map<string, string[]>()
  const unreadable = new Set<string>()
  const soldOf = (showId: string) => sold.get(showId) ?? []
  const versionOf = async (showId: string) => ({ version: soldOf(showId).length, factsVersion: 1 })
  const boards = createSeatBoards({
    versionOf,
    snapshotOf: async (showId) => {
      if (unreadable.has(showId)) throw new Error(`${showId} cannot be read`)
      const taken = soldOf(showId)
      const { length: version } = taken
      return { showId, version, factsVersion: 1, layoutId: 'the-layout', cancelled: false, taken }
    },
    moved: ({ showId }) => watch.moved(showId),
    mostBoards,
  })
  const watch = createSeatWatch({ boards, versionOf, milliseconds: () => Date.now() })
  return {
    boards,
    watch,
    unreadable,
    sell(showId: string, seat: string) {
      const from = soldOf(showId).length
      sold.set(showId, [...soldOf(showId), seat])
      boards.apply({ showId, from, version: from + 1, taken: [seat], freed: [] })
    },
    /** In another process, whose word of it was lost. */
    sellElsewhere(showId: string, seat: string) {
      sold.set(showId, [...soldOf(showId), seat])
    },
  }
}

function visitor() {
  const shown: Shown[] = []
  let isSlow = false
  return {
    shown,
    slow: (slow: boolean) => {
      isSlow = slow
    },
    watcher: { send: (text: string) => void shown.push(JSON.parse(text)), keepsUp: () => !isSlow },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const frame = () => vi.advanceTimersByTimeAsync(100)

test('somebody whose line was slow is shown the house as it is, though nothing more is sold', async () => {
  const { watch, sell } = openHouse()
  const alice = visitor()
  await watch.watch('tonight', alice.watcher)
  alice.slow(true)
  sell('tonight', 'A1')
  await frame()
  expect(alice.shown).toMatchObject([{ type: 'snapshot', taken: [] }])
  await watch.poll()
  expect(alice.shown).toHaveLength(1)
  alice.slow(false)
  await watch.poll()
  expect(alice.shown.at(-1)).toEqual({ type: 'snapshot', version: 1, taken: ['A1'] })
  await watch.poll()
  expect(alice.shown).toHaveLength(2)
  watch.stop()
})

test('a show that people watch is told on, however many others are looked at meanwhile', async () => {
  const { boards, watch, sell } = openHouse({ mostBoards: 2 })
  const alice = visitor()
  await watch.watch('tonight', alice.watcher)
  for (const other of ['monday', 'tuesday', 'wednesday']) await boards.current(other)
  sell('tonight', 'A1')
  await watch.poll()
  await frame()
  expect(alice.shown.at(-1)).toMatchObject({ version: 1, taken: ['A1'] })
  watch.stop()
})

test('a show that cannot be read just now keeps the others from nobody', async () => {
  const { watch, unreadable, sellElsewhere } = openHouse()
  const [alice, bob] = [visitor(), visitor()]
  await watch.watch('monday', alice.watcher)
  await watch.watch('tuesday', bob.watcher)
  unreadable.add('monday')
  for (const show of ['monday', 'tuesday']) sellElsewhere(show, 'A1')
  await expect(watch.poll()).rejects.toThrow('1 of 2 failed')
  await frame()
  expect(alice.shown).toHaveLength(1)
  expect(bob.shown.at(-1)).toMatchObject({ version: 1, taken: ['A1'] })
  unreadable.clear()
  await watch.poll()
  await frame()
  expect(alice.shown.at(-1)).toMatchObject({ version: 1, taken: ['A1'] })
  watch.stop()
})

test('a clock that is set back makes nobody wait for longer than a frame', async () => {
  const { watch, sell } = openHouse()
  const alice = visitor()
  await watch.watch('tonight', alice.watcher)
  sell('tonight', 'A1')
  await frame()
  vi.setSystemTime(Date.now() - 3_600_000)
  sell('tonight', 'A2')
  await frame()
  expect(alice.shown.at(-1)).toMatchObject({ version: 2, taken: ['A2'] })
  watch.stop()
})
