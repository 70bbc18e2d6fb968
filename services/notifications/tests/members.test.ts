import { randomUUIDv7 } from 'node:crypto'
import { orderConfirmed, orderLinksRequested } from '@marquee/contracts/booking'
import { accountMailRequested, identityContract, userErased } from '@marquee/contracts/identity'
import { anonymous, bootService, neighbour, person } from '@marquee/kit/testing'
import { afterEach, expect, it } from 'vitest'
import { notifications } from '../src/index.ts'
import { anOrder, bookingWith } from './orders.ts'
import { openPostOffice } from './post-office.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

const email = 'Member@example.org'
const someone = ({ ids }: { ids: string[] }) => ({
  items: ids.map((id) => ({ id, email, name: 'Somebody', handle: 'somebody' })),
})

async function boot(
  orders: ReturnType<typeof anOrder>[],
  { smtpUrl, demo = true }: { smtpUrl?: string; demo?: boolean } = {},
) {
  const neighbours = [bookingWith(orders), neighbour(identityContract, { findUsers: someone })]
  const config = smtpUrl ? { smtpUrl } : {}
  const booted = await bootService(notifications, { neighbours, config, demo })
  open.push(booted.stop)
  const rows = async () => JSON.stringify((await booted.db.query('select * from mails')).rows)
  return { ...booted, rows }
}
const confirmed = ({ id }: { id: string }) => ({ orderId: id, version: 2 })

it('somebody who is signed in gets their tickets at the address of the account', async () => {
  const office = await openPostOffice()
  const order = anOrder({ email: null }, person().userId)
  const booted = await boot([order], { smtpUrl: office.url })
  open.push(office.close)
  await booted.deliver(orderConfirmed, confirmed(order))
  await booted.runJob('deliver-mails')
  expect(office.letters.map(({ to }) => to?.[0]?.address)).toEqual([email])
})

it('the address of an erased person is gone, wherever it came from', async () => {
  const { userId } = person()
  const order = anOrder({ email: null }, userId)
  const booted = await boot([order])
  await booted.deliver(orderConfirmed, confirmed(order))
  await booted.deliver(orderLinksRequested, {
    requestId: randomUUIDv7(),
    email: email.toLowerCase(),
    orders: [],
  })
  await booted.runJob('deliver-mails')
  expect((await booted.rows()).toLowerCase()).toContain('member@example.org')
  await booted.deliver(userErased, { userId })
  expect((await booted.rows()).toLowerCase()).not.toContain('member@example.org')
})

it('what a mail server answered is kept without the address it names', async () => {
  const office = await openPostOffice()
  const order = anOrder({ email: null }, person().userId)
  const booted = await boot([order], { smtpUrl: office.url })
  open.push(office.close)
  office.turnAway(email, `452 4.2.2 <${email}> mailbox full`)
  await booted.deliver(orderConfirmed, confirmed(order))
  await booted.runJob('deliver-mails')
  const rows = await booted.rows()
  expect(rows).toContain('mailbox full')
  expect(rows.toLowerCase()).not.toContain('member@example.org')
})

it('an order that still names an erased person is not mailed to them', async () => {
  const me = person()
  const order = anOrder({ email }, me.userId)
  const booted = await boot([order])
  await booted.deliver(userErased, { userId: me.userId })
  await booted.deliver(orderConfirmed, confirmed(order))
  await booted.runJob('deliver-mails')
  expect(await booted.rows()).not.toContain(email)
  expect((await booted.as(me).listNotifications()).items).toEqual([])
})

it('outside the demo nobody can read a kept mail, and its token is not kept', async () => {
  const booted = await boot([], { demo: false })
  const { userId } = person()
  const about = { userId, kind: 'reset-password', email, name: 'Somebody', token: 'one-time-token' }
  await booted.deliver(accountMailRequested, about)
  await booted.runJob('deliver-mails')
  expect(await booted.rows()).not.toContain('one-time-token')
  expect(await booted.as(anonymous).attempt.listOutbox()).toMatchObject({ code: 'not-found' })
})
