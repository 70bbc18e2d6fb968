import { expect, test } from 'vitest'
import { createMemoryLive } from '../live/index.ts'
import { createMemoryCache } from './memory-cache.ts'
import { createSharedCache } from './shared-cache.ts'

/** Two processes that hear each other, until the line is cut. */
function twoProcesses() {
  const wire = createMemoryLive()
  let cut = false
  const live = { ...wire, connected: () => !cut }
  const open = () => createSharedCache({ cache: createMemoryCache(), live })
  let answer = 0
  const ask = (cache: ReturnType<typeof open>) =>
    cache.get('page', { seconds: 60, tags: ['movie:1'] }, () => {
      answer += 1
      return answer
    })
  return { one: open(), other: open(), ask, settle: live.settle, cut: (is: boolean) => (cut = is) }
}

test('what one process invalidates another forgets', async () => {
  const { one, other, ask, settle } = twoProcesses()
  expect([await ask(one), await ask(other), await ask(one)]).toEqual([1, 2, 1])
  await other.invalidate(['movie:1'])
  expect(await ask(other)).toBe(3)
  await settle()
  expect(await ask(one)).toBe(4)
})

test('what was invalidated counts as done once the others were told', async () => {
  const wire = createMemoryLive()
  const sent = Promise.withResolvers<void>()
  const cache = createSharedCache({
    cache: createMemoryCache(),
    live: { ...wire, told: () => sent.promise },
  })
  let done = false
  const invalidating = cache.invalidate(['movie:1']).then(() => (done = true))
  await wire.settle()
  expect(done).toBe(false)
  sent.resolve()
  expect(await invalidating).toBe(true)
})

test('an answer made anew of one that had not heard yet is soon forgotten as well', async () => {
  const wire = createMemoryLive()
  const lateWire = createMemoryLive()
  const laters: (() => void)[] = []
  const open = (live = wire) =>
    createSharedCache({ cache: createMemoryCache(), live, later: (work) => laters.push(work) })
  const rule = { seconds: 60, tags: ['movie:1'] }
  let title = 'before'
  const [writer, gateway, late] = [open(), open(), open(lateWire)]
  const ask = () => gateway.get('page', rule, () => late.get('film', rule, () => title))
  expect(await ask()).toBe('before')
  wire.subscribe('cache.invalidated', (payload) => lateWire.signal('cache.invalidated', payload))

  title = 'after'
  await writer.invalidate(['movie:1'])
  await new Promise(setImmediate)
  expect(await ask()).toBe('before')
  await lateWire.settle()
  expect(await ask()).toBe('before')
  for (const work of laters.splice(0)) work()
  await wire.settle()
  expect(await ask()).toBe('after')
})

test('a process that is cut off gives and keeps nothing, and begins anew when it is back', async () => {
  const { one, ask, cut } = twoProcesses()
  expect([await ask(one), await ask(one)]).toEqual([1, 1])
  cut(true)
  expect([await ask(one), await ask(one)]).toEqual([2, 3])
  cut(false)
  expect([await ask(one), await ask(one)]).toEqual([4, 4])
})

test('a break that was over before anybody asked makes it begin anew too', async () => {
  const wire = createMemoryLive()
  let missed = 0
  const cache = createSharedCache({ cache: createMemoryCache(), live: { ...wire, missed: () => missed } })
  let answer = 0
  const ask = () => cache.get('page', { seconds: 60 }, () => ++answer)
  expect([await ask(), await ask()]).toEqual([1, 1])
  missed += 1
  expect([await ask(), await ask()]).toEqual([2, 2])
})
