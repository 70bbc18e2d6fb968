import { SqlError } from '@marquee/kit/sql'
import { expect, test } from 'vitest'
import { whileResting } from './sold-seats.ts'

/** Whether sales go on by themselves after a change that ended so. */
async function goesOnAfter(change: () => Promise<{ told: boolean }>): Promise<boolean> {
  let resumed = false
  const resume = async () => {
    resumed = true
  }
  await whileResting({ seatsInTheWay: [], resume }, change, ({ told }) => told).catch(() => {})
  return resumed
}

test('sales go on when there is no change, and wait for one that booking will hear of', async () => {
  expect(await goesOnAfter(async () => ({ told: false }))).toBe(true)
  expect(await goesOnAfter(async () => ({ told: true }))).toBe(false)
  expect(await goesOnAfter(() => Promise.reject(new Error('the house is closed')))).toBe(true)
})

test('a change of which nobody knows whether it was made keeps sales waiting as well', async () => {
  const unknown = new SqlError('commit-unknown', 'the connection broke', new Error('reset'))
  const resumed = await goesOnAfter(() => Promise.reject(unknown))
  expect(resumed).toBe(false)
})
