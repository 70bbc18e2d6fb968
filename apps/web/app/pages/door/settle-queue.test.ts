import { expect, test } from 'vitest'
import type { QueuedScan } from './door-types.ts'
import { settleQueue } from './settle-queue.ts'

const scan = (showId: string, scanId: string): QueuedScan => ({
  code: `MQ1.${scanId}`,
  showId,
  scanId,
  scannedAt: '2026-12-01T18:30:00Z',
  result: 'admitted',
  seat: 'F 12',
})

test('what a house would not hear keeps nobody of another show waiting', async () => {
  const told: string[][] = []
  const heard: string[] = []
  await settleQueue(
    [scan('theirs', 'a'), scan('ours', 'b'), scan('theirs', 'c'), scan('ours', 'd')],
    async (scans) => {
      told.push(scans.map(({ scanId }) => scanId))
      return scans[0]?.showId === 'theirs'
        ? undefined
        : scans.map(({ scanId }) => ({ scanId, result: 'admitted' as const }))
    },
    (answers) => heard.push(...answers.map(({ scanId }) => scanId)),
  )
  expect(told).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ])
  expect(heard).toEqual(['b', 'd'])
})

test('a full house is told of in lots, and each is done with when it was heard', async () => {
  const sizes: number[] = []
  const heard: number[] = []
  const queue = Array.from({ length: 240 }, (_, at) => scan('ours', String(at)))
  await settleQueue(
    queue,
    async (scans) => {
      expect(heard.length).toBe(sizes.length)
      sizes.push(scans.length)
      // The house gives up in the middle.
      return sizes.length === 2
        ? undefined
        : scans.map(({ scanId }) => ({ scanId, result: 'admitted' as const }))
    },
    (answers) => heard.push(answers.length),
  )
  expect(sizes).toEqual([100, 100, 40])
  expect(heard).toEqual([100, 0, 40])
})
