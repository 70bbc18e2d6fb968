import { expect, test } from 'vitest'
import { createGroupCommit } from './group-commit.ts'

type Job = { show: string; name: string; bad?: boolean }

function setUp({ inFlight = 1, hopeless = false }: { inFlight?: number; hopeless?: boolean } = {}) {
  const batches: string[][] = []
  const gates: (() => void)[] = []
  const group = createGroupCommit<Job, string>({
    keyOf: ({ show }) => show,
    inFlight,
    most: 100,
    hopeless: () => hopeless,
    async commit(jobs, attempt, judged) {
      batches.push(jobs.map(({ name }) => name))
      const { promise, resolve } = Promise.withResolvers<void>()
      gates.push(resolve)
      judged()
      if (attempt === 'batch') await promise
      if (jobs.some(({ bad }) => bad)) throw new Error('one of them is bad')
      return jobs.map(({ name }) => `${name} done`)
    },
  })
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  return { group, batches, turn, open: () => gates.shift()?.() }
}

test('requests that come while a batch commits form the next batch', async () => {
  const { group, batches, turn, open } = setUp()
  const first = group.submit({ show: 'a', name: 'one' })
  await turn()
  const rest = ['two', 'three'].map((name) => group.submit({ show: 'a', name }))
  await turn()
  expect(batches).toEqual([['one']])
  open()
  expect(await first).toBe('one done')
  await turn()
  open()
  expect(await Promise.all(rest)).toEqual(['two done', 'three done'])
  expect(batches).toEqual([['one'], ['two', 'three']])
})

test('nobody is answered before their batch has committed', async () => {
  const { group, turn, open } = setUp()
  let answered = false
  const one = group.submit({ show: 'a', name: 'one' }).then(() => {
    answered = true
  })
  await turn()
  expect(answered).toBe(false)
  open()
  await one
  expect(answered).toBe(true)
})

test('two batches on their way never hold the same show', async () => {
  const { group, batches, turn, open } = setUp({ inFlight: 2 })
  const all = [group.submit({ show: 'a', name: 'a1' })]
  await turn()
  all.push(group.submit({ show: 'a', name: 'a2' }), group.submit({ show: 'b', name: 'b1' }))
  await turn()
  expect(batches).toEqual([['a1'], ['b1']])
  open()
  await turn()
  expect(batches).toEqual([['a1'], ['b1'], ['a2']])
  open()
  open()
  await Promise.all(all)
})

test('one bad request hurts only itself', async () => {
  const { group, turn, open } = setUp()
  const all = [
    group.submit({ show: 'a', name: 'good' }),
    group.submit({ show: 'a', name: 'bad', bad: true }),
    group.submit({ show: 'a', name: 'fine' }),
  ]
  await turn()
  open()
  const outcomes = await Promise.allSettled(all)
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('a database that does not answer is not asked again for each of them', async () => {
  const { group, batches, turn, open } = setUp({ hopeless: true })
  const all = ['one', 'two'].map((name) => group.submit({ show: 'a', name, bad: true }))
  await turn()
  open()
  const outcomes = await Promise.allSettled(all)
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(batches).toHaveLength(1)
})

test('a batch is answered once the next one is on its way, or soon when that one is held up', async () => {
  const heldUp = Promise.withResolvers<void>()
  const order: string[] = []
  const group = createGroupCommit<Job, string>({
    keyOf: ({ show }) => show,
    inFlight: 1,
    most: 1,
    hopeless: () => false,
    async commit([job], _attempt, judged) {
      if (job?.name === 'third') await heldUp.promise
      order.push(`${job?.name} judged`)
      judged()
      return ['done']
    },
  })
  const answers = ['first', 'second', 'third'].map((name) =>
    group.submit({ show: 'a', name }).then(() => order.push(`${name} answered`)),
  )
  await Promise.all(answers.slice(0, 2))
  expect(order).toEqual(['first judged', 'second judged', 'first answered', 'second answered'])
  heldUp.resolve()
  await Promise.all(answers)
})
