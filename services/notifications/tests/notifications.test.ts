import { randomUUIDv7 } from 'node:crypto'
import { orderConfirmed, orderRefunded } from '@marquee/contracts/booking'
import { accountMailRequested, userErased } from '@marquee/contracts/identity'
import { advanceClock, anonymous, bootService, person } from '@marquee/kit/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { notifications } from '../src/index.ts'
import { anOrder, bookingWith } from './orders.ts'
import { openPostOffice } from './post-office.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function boot(orders: ReturnType<typeof anOrder>[], config: Record<string, unknown> = {}, demo = true) {
  const booted = await bootService(notifications, { neighbours: [bookingWith(orders)], config, demo })
  open.push(booted.stop)
  return booted
}
const withPost = async (orders: ReturnType<typeof anOrder>[]) => {
  const office = await openPostOffice()
  const booted = await boot(orders, { smtpUrl: office.url })
  open.push(office.close)
  return { office, booted }
}
const confirmed = (order: { id: string }) => ({ orderId: order.id, version: 2 })

describe('the mail with the tickets', () => {
  it('arrives with every code as a picture, the calendar entry and a link', async () => {
    const order = anOrder()
    const { office, booted } = await withPost([order])
    await booted.deliver(orderConfirmed, confirmed(order))
    await booted.runJob('deliver-mails')
    const [letter] = office.letters
    expect(letter).toMatchObject({
      subject: 'Your tickets: Metropolis',
      messageId: `<order-confirmed.${order.id}@localhost>`,
    })
    expect(letter?.to?.[0]?.address).toBe('guest@example.org')
    expect(letter?.attachments.map((one) => [one.filename, one.mimeType])).toEqual([
      ['ticket-F12.png', 'image/png'],
      ['show.ics', 'text/calendar'],
    ])
    expect(letter?.html).toContain('cid:ticket-0@marquee')
    expect(letter?.text).toContain('Row F, seat 12, Ermäßigt')
    expect(letter?.text).toContain('Tuesday 1 December 2026, 19:30 (Europe/Berlin)')
    expect(letter?.text).toContain(`/orders/${order.id}#the-secret-of-the-order`)
    expect(letter?.text).toContain('Total: 12.50 EUR')
  })
  it('has a code for each ticket that can be read out where no scanner reads the picture', async () => {
    const order = anOrder()
    const [ticket] = order.tickets
    if (!ticket) throw new Error('no ticket')
    ticket.id = '0193c0de-0000-7000-8000-0000443214c7'
    const { office, booted } = await withPost([order])
    await booted.deliver(orderConfirmed, confirmed(order))
    await booted.runJob('deliver-mails')
    const [letter] = office.letters
    expect(letter?.text).toContain('Code to read out at the door: 0123-4567')
    expect(letter?.html).toMatch(/aria-label="Code to read out: 0 1 2 3, 4 5 6 7"[^>]*>0123-4567</)
  })
  it('goes out once, however often the order is told', async () => {
    const order = anOrder()
    const { office, booted } = await withPost([order])
    for (let times = 0; times < 3; times++) await booted.deliver(orderConfirmed, confirmed(order))
    for (let times = 0; times < 3; times++) await booted.runJob('deliver-mails')
    expect(office.letters).toHaveLength(1)
  })
  it('goes by the mail server that was set while it runs, and the one before is let go', async () => {
    const orders = [anOrder(), anOrder({ email: 'later@example.org' })] as const
    const { office, booted } = await withPost([...orders])
    const other = await openPostOffice()
    open.push(other.close)
    await booted.deliver(orderConfirmed, confirmed(orders[0]))
    await booted.runJob('deliver-mails')
    expect(office.connections()).toBeGreaterThan(0)
    booted.set({ smtpUrl: other.url })
    await booted.deliver(orderConfirmed, confirmed(orders[1]))
    await booted.runJob('deliver-mails')
    expect([office, other].map(({ letters }) => letters.map(({ to }) => to?.[0]?.address))).toEqual([
      ['guest@example.org'],
      ['later@example.org'],
    ])
    await expect.poll(office.connections).toBe(0)
  })
  it('goes out when the mail server is back, under the same name', async () => {
    const order = anOrder()
    const { office, booted } = await withPost([order])
    office.refuse(true)
    await booted.deliver(orderConfirmed, confirmed(order))
    await booted.runJob('deliver-mails')
    expect(office.letters).toHaveLength(0)
    expect(await booted.asService().mailFigures()).toMatchObject({ queued: 1, sent: 0 })
    office.refuse(false)
    await advanceClock(booted.db, { minutes: 2 })
    await booted.runJob('deliver-mails')
    expect(office.letters.map((letter) => letter.messageId)).toEqual([
      `<order-confirmed.${order.id}@localhost>`,
    ])
    expect(await booted.asService().mailFigures()).toMatchObject({ queued: 0, sent: 1 })
  })
  it('is not tried again where nobody of that address lives, and says so', async () => {
    const [lost, found] = [anOrder({ email: 'mistyped@example.org' }), anOrder()]
    const { office, booted } = await withPost([lost, found])
    office.turnAway('mistyped@example.org', '550 5.1.1 no such user')
    await booted.deliver(orderConfirmed, confirmed(lost))
    await booted.deliver(orderConfirmed, confirmed(found))
    await booted.runJob('deliver-mails')
    await advanceClock(booted.db, { hours: 3 })
    await booted.runJob('deliver-mails')
    expect(office.letters.map(({ to }) => to?.[0]?.address)).toEqual(['guest@example.org'])
    expect(await booted.asService().mailFigures()).toMatchObject({ queued: 0, sent: 1, failed: 1 })
    const { rows } = await booted.db.query('select last_error as reason from mails where status = $1', [
      'failed',
    ])
    expect(rows).toEqual([{ reason: expect.stringContaining('no such user') }])
  })
  it('is forgotten months after it went out or was given up; one that still waits is not', async () => {
    const [gone, waiting] = [anOrder(), anOrder({ email: 'waiting@example.org' })]
    const { office, booted } = await withPost([gone, waiting])
    const left = async () =>
      (await booted.db.query('select to_address as to, status, payload from mails')).rows
    await booted.deliver(orderConfirmed, confirmed(gone))
    await booted.runJob('deliver-mails')
    office.refuse(true)
    await booted.deliver(orderConfirmed, confirmed(waiting))
    await booted.runJob('deliver-mails')
    await advanceClock(booted.db, { hours: 89 * 24 })
    await booted.runJob('forget-old')
    expect(await left()).toHaveLength(2)
    await advanceClock(booted.db, { hours: 48 })
    await booted.runJob('forget-old')
    expect(await left()).toMatchObject([{ status: 'queued' }])
    await booted.runJob('deliver-mails')
    expect(await left()).toMatchObject([{ status: 'failed', payload: {} }])
    await booted.runJob('forget-old')
    expect(await left()).toEqual([])
  })
  it('shows a title as text, whatever it holds', async () => {
    const order = anOrder()
    order.show.movieTitle = '<script>alert(1)</script>'
    const { office, booted } = await withPost([order])
    await booted.deliver(orderConfirmed, confirmed(order))
    await booted.runJob('deliver-mails')
    expect(office.letters[0]?.html).not.toContain('<script>')
    expect(office.letters[0]?.html).toContain('&lt;script&gt;')
  })
})

describe('a refund', () => {
  it('is told with what comes back and why: a cancelled show is found as cancelled, with its day and time', async () => {
    const me = person()
    const order = anOrder({}, me.userId)
    const [ticket] = order.tickets
    const refunded = {
      ...order,
      refunds: [
        { ticketId: ticket?.id ?? '', amount: { amount: 1250, currency: 'EUR' }, status: 'pending' as const },
      ],
    }
    const { office, booted } = await withPost([refunded as never])
    await booted.deliver(orderRefunded, {
      orderId: order.id,
      version: 3,
      tickets: [ticket?.id ?? ''],
      reason: 'show-cancelled',
    })
    await booted.runJob('deliver-mails')
    const subject = 'Cancelled: Metropolis, Tuesday 1 December 2026, 19:30'
    expect(office.letters[0]?.subject).toBe(`${subject} - your money comes back`)
    const { items } = await booted.as(me).listNotifications({})
    expect(items[0]?.title).toBe('Cancelled: Metropolis')
    expect(office.letters[0]?.text).toContain('The show was cancelled')
    expect(office.letters[0]?.text).toContain('Row F, seat 12: 12.50 EUR')
  })

  it.each([
    ['requested', 0],
    ['show-cancelled', 1],
    ['seats-gone', 1],
  ] as const)('is mailed to who wants no mails unless they asked for it: %s', async (reason, letters) => {
    const me = person()
    const order = anOrder({}, me.userId)
    const { office, booted } = await withPost([order])
    await booted.as(me).putNotificationPreferences({ email: false, inApp: false })
    const tickets = order.tickets.map(({ id }) => id)
    await booted.deliver(orderRefunded, { orderId: order.id, version: 3, tickets, reason })
    await booted.runJob('deliver-mails')
    expect(office.letters).toHaveLength(letters)
  })

  it('of tickets that were free promises nobody money', async () => {
    const order = anOrder()
    const ticketId = order.tickets[0]?.id ?? ''
    const refunds = [{ ticketId, amount: { amount: 0, currency: 'EUR' }, status: 'done' as const }]
    const { office, booted } = await withPost([{ ...order, refunds } as never])
    const told = { orderId: order.id, version: 3, tickets: [ticketId], reason: 'show-cancelled' as const }
    await booted.deliver(orderRefunded, told)
    await booted.runJob('deliver-mails')
    expect(office.letters[0]?.subject).toBe('Cancelled: Metropolis, Tuesday 1 December 2026, 19:30')
    expect(office.letters[0]?.text).not.toContain('money')
  })

  it('of a payment that bought nothing names what was charged', async () => {
    const returned = [{ amount: { amount: 1250, currency: 'EUR' }, status: 'pending' as const }]
    const me = person()
    const order = anOrder({ status: 'expired', tickets: [], returned }, me.userId)
    const { office, booted } = await withPost([order])
    await booted.deliver(orderRefunded, {
      orderId: order.id,
      version: 3,
      tickets: [],
      reason: 'seats-gone',
    })
    await booted.runJob('deliver-mails')
    expect(office.letters[0]?.subject).toBe('Refund: Metropolis')
    expect(office.letters[0]?.text).toContain('You were charged 12.50 EUR, and all of it comes back.')
    const { items } = await booted.as(me).listNotifications({})
    expect(items[0]?.body).toContain('12.50 EUR')
  })
})

describe('without a mail server', () => {
  it('mails are kept and can be read on the site, in the demo only', async () => {
    const order = anOrder()
    const booted = await boot([order])
    await booted.deliver(orderConfirmed, confirmed(order))
    const { items } = await booted.as(anonymous).listOutbox({})
    expect(items).toMatchObject([
      { to: 'guest@example.org', subject: 'Your tickets: Metropolis', status: 'kept' },
    ])
    const mail = await booted.as(anonymous).getOutboxMail({ mailId: items[0]?.id ?? '' })
    expect(mail.html).toContain('data:image/png;base64,')
    expect(mail.attachments.map((one) => one.filename)).toEqual(['ticket-F12.png', 'show.ics'])

    const production = await boot([order], {}, false)
    expect(await production.as(anonymous).attempt.listOutbox({})).toMatchObject({ status: 404 })
  })
})

describe('people', () => {
  it('are told on the site besides, read it, and may decline', async () => {
    const me = person()
    const [first, second] = [anOrder({}, me.userId), anOrder({}, me.userId)]
    const booted = await boot([first, second])
    await booted.deliver(orderConfirmed, confirmed(first))
    await booted.runJob('deliver-mails')
    const { items, unread } = await booted.as(me).listNotifications({})
    expect([items.map((item) => item.title), unread]).toEqual([['Tickets for Metropolis'], 1])
    await booted.as(me).readNotification({ notificationId: items[0]?.id ?? '' })
    expect((await booted.as(me).listNotifications({})).unread).toBe(0)
    expect(
      await booted.as(person()).attempt.readNotification({ notificationId: items[0]?.id ?? '' }),
    ).toMatchObject({ status: 404 })

    await booted.as(me).putNotificationPreferences({ email: true, inApp: false })
    await booted.deliver(orderConfirmed, confirmed(second))
    await booted.runJob('deliver-mails')
    expect((await booted.as(me).listNotifications({})).items).toHaveLength(1)
  })
  it('get the link that sets a new password', async () => {
    const { office, booted } = await withPost([])
    const payload = {
      userId: randomUUIDv7(),
      kind: 'reset-password',
      email: 'a@example.org',
      name: 'A',
      token: 'a-token-that-works-once',
    }
    await booted.deliver(accountMailRequested, payload)
    await booted.runJob('deliver-mails')
    expect(office.letters[0]?.text).toContain('/reset-password#token=a-token-that-works-once')
    const { rows } = await booted.db.query<{ payload: object }>('select payload from mails')
    expect(rows).toEqual([{ payload: {} }])
  })
  it('leave no address behind when they are erased', async () => {
    const me = person()
    const order = anOrder({}, me.userId)
    const booted = await boot([order])
    await booted.deliver(orderConfirmed, confirmed(order))
    await booted.runJob('deliver-mails')
    await booted.deliver(userErased, { userId: me.userId })
    const { rows } = await booted.db.query(
      'select 1 from mails where to_address is not null or subject is not null',
    )
    expect(rows).toEqual([])
    expect((await booted.as(me).listNotifications({})).items).toEqual([])
  })
})
