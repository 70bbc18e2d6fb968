import { afterEach, expect, test, vi } from 'vitest'
import { createGroupCommit } from './group-commit.ts'

afterEach(() => void vi.useRealTimers())

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

test('what nobody waits for any more is not done, and the rest is', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { group, batches, turn, open } = setUp()
  const first = group.submit({ show: 'a', name: 'first' }, 10)
  await turn()
  const late = group.submit({ show: 'a', name: 'late' }, 20)
  const patient = group.submit({ show: 'a', name: 'patient' })
  const refused = expect(late).rejects.toMatchObject({ unavailable: true })
  vi.advanceTimersByTime(20)
  open()
  await refused
  expect(await first).toBe('first done')
  await turn()
  open()
  expect(await patient).toBe('patient done')
  expect(batches).toEqual([['first'], ['patient']])
})

test('it is idle once all that waited was given up', async () => {
  const { group } = setUp()
  const late = expect(group.submit({ show: 'a', name: 'late' }, 0)).rejects.toThrow('waits')
  await group.idle()
  await late
})

test('a database that goes away is asked for the first of them only', async () => {
  const batches: string[][] = []
  const group = createGroupCommit<Job, string>({
    keyOf: ({ show }) => show,
    inFlight: 1,
    most: 100,
    hopeless: (error) => error instanceof Error && error.message === 'away',
    commit(jobs, attempt) {
      batches.push(jobs.map(({ name }) => name))
      if (attempt === 'batch') throw new Error('the connection broke')
      if (jobs[0]?.name === 'two') throw new Error('away')
      return Promise.resolve(['done'])
    },
  })
  const all = ['one', 'two', 'three', 'four'].map((name) => group.submit({ show: 'a', name }))
  const outcomes = await Promise.allSettled(all)
  const away = { status: 'rejected', reason: new Error('away') }
  expect(outcomes).toEqual([{ status: 'fulfilled', value: 'done' }, away, away, away])
  expect(batches).toEqual([['one', 'two', 'three', 'four'], ['one'], ['two']])
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
