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
  const answers = await settleQueue(
    [scan('theirs', 'a'), scan('ours', 'b'), scan('theirs', 'c'), scan('ours', 'd')],
    async (scans) => {
      told.push(scans.map(({ scanId }) => scanId))
      return scans[0]?.showId === 'theirs'
        ? undefined
        : scans.map(({ scanId }) => ({ scanId, result: 'admitted' as const }))
    },
  )
  expect(told).toEqual([
    ['a', 'c'],
    ['b', 'd'],
  ])
  expect(answers.map(({ scanId }) => scanId)).toEqual(['b', 'd'])
})

test('a full house is told of in lots that the house takes', async () => {
  const sizes: number[] = []
  const queue = Array.from({ length: 1200 }, (_, at) => scan('ours', String(at)))
  await settleQueue(queue, async (scans) => {
    sizes.push(scans.length)
    return undefined
  })
  expect(sizes).toEqual([500, 500, 200])
})
