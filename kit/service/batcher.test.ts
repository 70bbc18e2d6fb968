import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, it } from 'vitest'
import { createBatcher } from './batcher.ts'

function recorder(refuse: (items: number[]) => boolean = () => false) {
  const batches: number[][] = []
  const gates: (() => void)[] = []
  const run = async (items: number[]) => {
    batches.push(items)
    await new Promise<void>((resolve) => gates.push(resolve))
    if (refuse(items)) throw new Error(`refused ${items}`)
    return items.map((item) => item * 10)
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const release = async () => {
    await turn()
    gates.shift()?.()
    await turn()
  }
  return { batches, run, release, turn }
}

it('what comes while a batch is under way forms the next batch', async () => {
  const { batches, run, release } = recorder()
  const batcher = createBatcher({ run })
  const first = batcher.submit(1)
  await release()
  expect(await first).toBe(10)
  const second = batcher.submit(2)
  await new Promise((resolve) => setImmediate(resolve))
  const others = [batcher.submit(3), batcher.submit(4)]
  await release()
  await release()
  expect(await Promise.all([second, ...others])).toEqual([20, 30, 40])
  expect(batches).toEqual([[1], [2], [3, 4]])
})

it('a bad item fails alone and its companions get their results', async () => {
  const { batches, run, release } = recorder((items) => items.includes(2))
  const batcher = createBatcher({ run })
  const results = Promise.allSettled([1, 2, 3].map((item) => batcher.submit(item)))
  for (let turns = 0; turns < 4; turns += 1) await release()
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(batches).toEqual([[1, 2, 3], [1], [2], [3]])
})

it('a batch is never larger than allowed, nor are more under way', async () => {
  const { batches, run, release, turn } = recorder()
  const batcher = createBatcher({ run, most: 2, inFlight: 2 })
  const results = Promise.all([1, 2, 3, 4, 5].map((item) => batcher.submit(item)))
  await turn()
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ])
  for (let turns = 0; turns < 3; turns += 1) await release()
  expect(await results).toEqual([10, 20, 30, 40, 50])
  await batcher.idle()
})

it('a batch runs in the context of none of its items', async () => {
  const context = new AsyncLocalStorage<string>()
  const batcher = createBatcher({ run: async (items: number[]) => items.map(() => context.getStore()) })
  expect(await context.run('a request', () => batcher.submit(1))).toBeUndefined()
})
