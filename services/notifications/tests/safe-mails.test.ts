import { randomUUIDv7 } from 'node:crypto'
import { orderConfirmed, orderLinksRequested } from '@marquee/contracts/booking'
import { accountMailRequested } from '@marquee/contracts/identity'
import { anonymous, bootService } from '@marquee/kit/testing'
import { afterEach, expect, it } from 'vitest'
import { notifications } from '../src/index.ts'
import { anOrder, bookingWith } from './orders.ts'
import { openPostOffice } from './post-office.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function boot(orders: ReturnType<typeof anOrder>[], smtpUrl?: string) {
  const config = smtpUrl ? { smtpUrl } : {}
  const booted = await bootService(notifications, { neighbours: [bookingWith(orders)], config })
  open.push(booted.stop)
  return booted
}
async function mailed(order: ReturnType<typeof anOrder>) {
  const office = await openPostOffice()
  const booted = await boot([order], office.url)
  open.push(office.close)
  await booted.deliver(orderConfirmed, { orderId: order.id, version: 2 })
  await booted.runJob('deliver-mails')
  expect(office.letters).toHaveLength(1)
  return { office, booted, letter: office.letters[0] }
}

it('nothing in a mail is loaded from elsewhere', async () => {
  const { letter } = await mailed(anOrder())
  const sources = [...(letter?.html ?? '').matchAll(/(?:src|background)="([^"]*)"/g)]
  expect(sources.length).toBeGreaterThan(0)
  for (const [, source] of sources) expect(source).toMatch(/^cid:/)
})

it('a line break in a title does not become a header of the mail', async () => {
  const order = anOrder()
  order.show.movieTitle = 'Metropolis\r\nBcc: thief@example.org'
  const { letter } = await mailed(order)
  expect(letter?.headers.map(({ key }) => key)).not.toContain('bcc')
})

it('a name with markup in it is shown as text, and a token stands behind #', async () => {
  const { office, booted } = await mailed(anOrder())
  await booted.deliver(accountMailRequested, {
    userId: randomUUIDv7(),
    kind: 'verify-email',
    email: 'a@example.org',
    name: '<i>A</i>',
    token: 'once',
  })
  await booted.runJob('deliver-mails')
  expect(office.letters[1]?.html).not.toContain('<i>')
  expect(office.letters[1]?.text).toContain('http://localhost:3000/verify-email#token=once')
})

it('the links to orders go to the address that asked for them', async () => {
  const order = anOrder()
  const { office, booted } = await mailed(order)
  const asked = { requestId: randomUUIDv7(), email: 'b@example.org', orders: [{ orderId: order.id }] }
  await booted.deliver(orderLinksRequested, asked)
  await booted.runJob('deliver-mails')
  expect(office.letters[1]?.to?.[0]?.address).toBe('b@example.org')
  expect(office.letters[1]?.text).toContain('Metropolis, Tuesday 1 December 2026, 19:30 (ABCDE-12345)')
  expect(office.letters[1]?.text).toContain(`/orders/${order.id}#${order.linkSecret}`)
})

it('of what an event said of an order only its id is kept until the mail goes out', async () => {
  const booted = await boot([])
  const said = { orderId: randomUUIDv7(), number: 'A', movieTitle: 'B', localStart: 'C', secret: 'opens it' }
  await booted.deliver(orderLinksRequested, {
    requestId: randomUUIDv7(),
    email: 'b@example.org',
    orders: [said],
  })
  const { rows } = await booted.db.query('select payload from mails')
  expect(rows).toMatchObject([{ payload: { orders: [{ orderId: said.orderId }] } }])
  expect(JSON.stringify(rows)).not.toContain('opens it')
})

it('kept mails are listed page by page, newest first, and found by address', async () => {
  const orders = ['a', 'b', 'c'].map((name) => anOrder({ email: `${name}@example.org` }))
  const booted = await boot(orders)
  for (const { id } of orders) await booted.deliver(orderConfirmed, { orderId: id, version: 2 })
  const outbox = booted.as(anonymous)
  const first = await outbox.listOutbox({ limit: 2 })
  const second = await outbox.listOutbox({ limit: 2, cursor: first.nextCursor ?? '' })
  const readers = [...first.items, ...second.items].map(({ to }) => to)
  expect(readers).toEqual(['c@example.org', 'b@example.org', 'a@example.org'])
  expect(second.nextCursor).toBeNull()
  expect((await outbox.listOutbox({ to: 'B@example.org' })).items).toHaveLength(1)
})
