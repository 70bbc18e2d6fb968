import { randomUUIDv7 } from 'node:crypto'
import { bookingContract } from '@marquee/contracts/booking'
import { connect, fail, localLink, reply } from '@marquee/kit/contract'
import { SqlError } from '@marquee/kit/sql'
import { neighbour } from '@marquee/kit/testing'
import { expect, test } from 'vitest'
import { createRestSales, whileResting } from './sold-seats.ts'

/** Whether sales go on by themselves after a change that ended so. */
async function goesOnAfter(change: () => Promise<{ told: boolean }>): Promise<boolean> {
  let resumed = false
  const resume = async () => {
    resumed = true
  }
  await whileResting({ resume }, change, ({ told }) => told).catch(() => {})
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

test('sales that rest although the answer came too late go on again', async () => {
  const resting = new Set<string>()
  const playing = neighbour(bookingContract, {
    soldSeats: ({ rest }: { rest: { id: string } }) => {
      resting.add(rest.id)
      return fail('timeout')
    },
    resumeSales: ({ restId }: { restId: string }) => {
      resting.delete(restId)
      return reply(204, undefined)
    },
  })
  const link = localLink(() => playing)
  const booking = connect(bookingContract, link, { service: 'theaters', correlationId: randomUUIDv7 })
  const restSales = createRestSales({ booking, newId: randomUUIDv7, pause: async () => {} })
  const asked = await restSales([{ id: randomUUIDv7(), version: 1 }], new Set())
  expect(asked).toEqual({ ok: false, code: 'unavailable' })
  expect(resting).toEqual(new Set())
})
