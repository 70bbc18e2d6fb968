import { orderConfirmed } from '@marquee/contracts/booking'
import { advanceClock, bootService } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { notifications } from '../src/index.ts'
import { anOrder, bookingWith } from './orders.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'

const guest = 'guest@example.org'
let office: PostOffice
beforeEach(async () => {
  office = await openPostOffice()
})
const open: (() => Promise<void>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const close of open.splice(0)) await close()
  await office.close()
})

async function ordered(...emails: string[]) {
  const orders = emails.map((email) => anOrder({ email }))
  const booted = await bootService(notifications, {
    neighbours: [bookingWith(orders)],
    config: { smtpUrl: office.url },
  })
  open.push(booted.stop)
  for (const { id } of orders) await booted.deliver(orderConfirmed, { orderId: id, version: 2 })
  await booted.runJob('deliver-mails')
  return booted
}

it.each(['554 5.7.1 Relay access denied', '550 5.7.1 blocked', '553 5.1.8 sender rejected', '554 refused'])(
  'a mail that is refused for our sake goes out once that is mended: %s',
  async (reply) => {
    office.turnAway(guest, reply)
    const booted = await ordered(guest)
    expect(await booted.asService().mailFigures()).toMatchObject({ queued: 1, failed: 0 })
    office.turnAway(guest, undefined)
    await advanceClock(booted.db, { hours: 1 })
    await booted.runJob('deliver-mails')
    expect(office.letters).toHaveLength(1)
    expect(await booted.asService().mailFigures()).toMatchObject({ queued: 0, sent: 1 })
  },
)

it.each([
  '550 5.1.1 no such user',
  '556 5.1.10 no mail here',
  '550 no such user',
  '551 moved',
  '553 no such name',
])('a mail that nobody lives to read is given up: %s', async (reply) => {
  office.turnAway(guest, reply)
  const booted = await ordered(guest)
  expect(await booted.asService().mailFigures()).toMatchObject({ queued: 0, failed: 1 })
})

it('an address that is refused again and again does not keep the mails of others', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  office.turnAway('blocked@example.org', '554 5.7.1 blocked')
  const booted = await ordered(...Array<string>(5).fill('blocked@example.org'), guest)
  expect(office.letters).toEqual([])
  for (const seconds of [6, 30]) {
    vi.advanceTimersByTime(seconds * 1000)
    await advanceClock(booted.db, { seconds })
    await booted.runJob('deliver-mails')
  }
  expect(office.letters.map(({ to }) => to?.[0]?.address)).toEqual([guest])
})
