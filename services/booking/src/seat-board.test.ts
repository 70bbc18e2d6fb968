import { expect, test } from 'vitest'
import { createSeatBoards } from './seat-board.ts'

const showId = 'the-show'

/** A show that others sell, seat by seat: each sale is a version of its own. */
async function soldElsewhere() {
  const sold: string[] = []
  let reads = 0
  const boards = createSeatBoards({
    versionOf: async () => ({ version: sold.length, factsVersion: 1 }),
    snapshotOf: async () => {
      reads += 1
      return {
        showId,
        version: sold.length,
        factsVersion: 1,
        layoutId: 'the-layout',
        cancelled: false,
        taken: [...sold],
      }
    },
    moved: () => {},
  })
  await boards.current(showId)
  return {
    boards,
    reads: () => reads,
    sell(seat: string) {
      sold.push(seat)
      return { showId, from: sold.length - 1, version: sold.length, taken: [seat], freed: [] }
    },
    shown: () => [...(boards.known(showId)?.taken ?? [])],
  }
}

test('sales that are told in order are shown without asking PostgreSQL', async () => {
  const { boards, reads, sell, shown } = await soldElsewhere()
  for (const seat of ['A1', 'A2']) boards.apply(sell(seat))
  expect(shown()).toEqual(['A1', 'A2'])
  expect(reads()).toBe(1)
})

test('a sale that is told before the one it follows is shown at once, and so is the other', async () => {
  const { boards, sell, shown } = await soldElsewhere()
  const [first, second] = [sell('A1'), sell('A2')]
  boards.apply(second)
  await new Promise(setImmediate)
  expect(shown()).toEqual(['A1', 'A2'])
  boards.apply(first)
  expect(shown()).toEqual(['A1', 'A2'])
})
