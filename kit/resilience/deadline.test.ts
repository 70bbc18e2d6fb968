import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { guarded, timeLeft, within } from './index.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const never = (signal: AbortSignal) =>
  new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
const call = guarded({ name: 'theaters.getShow', deadlineMilliseconds: 5000 }, never)

test('a call gets no more time than its caller has left', async () => {
  const answer = expect(within(1000, call)).rejects.toMatchObject({ code: 'timeout' })
  await vi.advanceTimersByTimeAsync(1000)
  await answer
})

test('whoever is called knows how long it is waited for, and calls nobody when that is over', async () => {
  const asked: (number | undefined)[] = []
  const far = guarded({ name: 'far', deadlineMilliseconds: 900 }, async () => {
    asked.push(timeLeft())
    return 'there'
  })
  await within(1000, async () => {
    await vi.advanceTimersByTimeAsync(300)
    await far()
    await vi.advanceTimersByTimeAsync(700)
    await expect(far()).rejects.toMatchObject({ code: 'timeout' })
  })
  expect(asked).toEqual([700])
})

test('an inner wish for more time gives none; work that outlives its caller is in no hurry', async () => {
  let later: Promise<number | undefined> | undefined
  await within(100, () =>
    within(5000, async () => {
      expect(timeLeft()).toBe(100)
      later = new Promise((resolve) => setTimeout(() => resolve(timeLeft()), 50))
    }),
  )
  await vi.advanceTimersByTimeAsync(50)
  expect(await later).toBeUndefined()
})
