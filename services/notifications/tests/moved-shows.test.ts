import { orderShowMoved, type WhenAndWhere } from '@marquee/contracts/booking'
import { advanceClock, bootService, person } from '@marquee/kit/testing'
import { afterEach, expect, it } from 'vitest'
import { notifications } from '../src/index.ts'
import { anOrder, bookingWith } from './orders.ts'
import { openPostOffice } from './post-office.ts'

type Order = ReturnType<typeof anOrder>

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

const now = Temporal.Instant.from('2026-11-22T12:00:00Z')

async function withPost(orders: Order[]) {
  const office = await openPostOffice()
  const booted = await bootService(notifications, {
    neighbours: [bookingWith(orders)],
    config: { smtpUrl: office.url },
    clock: { now: () => now },
  })
  open.push(booted.stop, office.close)
  return {
    office,
    booted,
    send: () => booted.runJob('deliver-mails'),
    hear: (order: Order, showVersion: number, before: WhenAndWhere) =>
      booted.deliver(orderShowMoved, { orderId: order.id, showVersion, before }),
  }
}

/** Where the show of an order is, to be kept before it is moved. */
const placeOf = ({ show }: Order): WhenAndWhere => ({
  startsAt: show.startsAt,
  localStart: show.localStart,
  screenId: show.screenId,
  screenName: show.screenName,
})
const anHourLater = { startsAt: '2026-12-01T19:30:00Z', localStart: '2026-12-01T20:30' }
const twoHoursLater = { startsAt: '2026-12-01T20:30:00Z', localStart: '2026-12-01T21:30' }
const hallTwo = { screenId: '0193c0de-0000-7000-8000-000000000002', screenName: 'Saal 2' }

/** Moves the show, and answers where it was. */
function move(order: Order, to: Partial<WhenAndWhere>): WhenAndWhere {
  const before = placeOf(order)
  Object.assign(order.show, to)
  return before
}
const linesOf = (text: string | undefined) => (text ?? '').split(/\r?\n/)

it('who holds tickets for a moved show reads when it is now, when it was, what stays good, and gets its entry anew', async () => {
  const order = anOrder({ refundableUntil: '2026-12-01T18:30:00Z' })
  const { office, send, hear } = await withPost([order])
  await hear(order, 2, move(order, anHourLater))
  await send()
  const [letter] = office.letters
  expect(letter).toMatchObject({
    subject: 'Moved: Metropolis, Tuesday 1 December 2026, 20:30',
    messageId: `<order-show-moved.${order.id}.2@localhost>`,
  })
  expect(linesOf(letter?.text)).toEqual([
    'Metropolis',
    'Tuesday 1 December 2026, 20:30 (Europe/Berlin)',
    'Lichthof, Saal 1, Uferzeile 8, Berlin',
    '',
    'The cinema moved this show.',
    'It begins on Tuesday 1 December 2026, 20:30.',
    'It was to begin on Tuesday 1 December 2026, 19:30.',
    '',
    'Your tickets stay good, for the same seats.',
    'If that does not suit you, you can give them back until Tuesday 1 December 2026, 19:30 (Europe/Berlin).',
    'The calendar file with this mail moves the entry that you may have.',
    '',
    `Order ABCDE-12345: http://localhost:3000/orders/${order.id}#the-secret-of-the-order`,
    '',
    '',
  ])
  expect(letter?.html).toContain('It was to begin on Tuesday 1 December 2026, 19:30.')
  expect(letter?.attachments.map((one) => [one.filename, one.mimeType])).toEqual([
    ['show.ics', 'text/calendar'],
  ])
})

it('another hall is named with the one it was, and the time only where it changed', async () => {
  const [elsewhere, both] = [anOrder(), anOrder()]
  const { office, send, hear } = await withPost([elsewhere, both])
  await hear(elsewhere, 2, move(elsewhere, hallTwo))
  await send()
  await hear(both, 2, move(both, { ...hallTwo, ...anHourLater }))
  await send()
  expect(office.letters.map(({ subject }) => subject)).toEqual([
    'Moved: Metropolis, Saal 2',
    'Moved: Metropolis, Tuesday 1 December 2026, 20:30, Saal 2',
  ])
  for (const { text } of office.letters) expect(text).toContain('It is shown in Saal 2, no longer in Saal 1.')
  expect(office.letters[0]?.text).not.toContain('begin')
})

it('too late to give tickets back, or with nobody left outside, the mail does not offer it', async () => {
  const late = anOrder({ refundableUntil: '2026-11-22T11:59:00Z' })
  const inside = anOrder({ refundableUntil: '2026-12-01T18:30:00Z' })
  inside.tickets = inside.tickets.map((ticket) => ({ ...ticket, status: 'admitted' as never }))
  const { office, send, hear } = await withPost([late, inside])
  for (const order of [late, inside]) await hear(order, 2, move(order, anHourLater))
  await send()
  expect(office.letters).toHaveLength(2)
  for (const { text } of office.letters) expect(text).not.toContain('give them back')
})

it('is mailed to who wants no mails, and told on the site to who wants that', async () => {
  const [declining, reading] = [person(), person()]
  const [one, other] = [anOrder({}, declining.userId), anOrder({}, reading.userId)]
  const { office, booted, send, hear } = await withPost([one, other])
  await booted.as(declining).putNotificationPreferences({ email: false, inApp: false })
  for (const order of [one, other]) await hear(order, 2, move(order, anHourLater))
  await send()
  expect(office.letters).toHaveLength(2)
  expect((await booted.as(declining).listNotifications({})).items).toEqual([])
  expect((await booted.as(reading).listNotifications({})).items).toMatchObject([
    {
      kind: 'order-show-moved',
      title: 'Moved: Metropolis',
      body: 'It begins on Tuesday 1 December 2026, 20:30. It was to begin on Tuesday 1 December 2026, 19:30.',
      link: `/orders/${other.id}`,
    },
  ])
})

it('goes out once, however often the move is told', async () => {
  const order = anOrder()
  const { office, send, hear } = await withPost([order])
  const before = move(order, anHourLater)
  for (let times = 0; times < 3; times++) {
    await hear(order, 2, before)
    await send()
  }
  expect(office.letters).toHaveLength(1)
})

it('two moves that the mail server kept waiting are one letter, from where its reader knew the show to be', async () => {
  const order = anOrder()
  const { office, booted, send, hear } = await withPost([order])
  office.refuse(true)
  await hear(order, 2, move(order, anHourLater))
  await send()
  await hear(order, 3, move(order, twoHoursLater))
  await send()
  office.refuse(false)
  await advanceClock(booted.db, { minutes: 2 })
  await send()
  expect(office.letters.map(({ messageId }) => messageId)).toEqual([
    `<order-show-moved.${order.id}.3@localhost>`,
  ])
  expect(linesOf(office.letters[0]?.text).slice(5, 7)).toEqual([
    'It begins on Tuesday 1 December 2026, 21:30.',
    'It was to begin on Tuesday 1 December 2026, 19:30.',
  ])
})

it('who may have been told of a move reads that the show is back where it was', async () => {
  const order = anOrder()
  const { office, booted, send, hear } = await withPost([order])
  const before = placeOf(order)
  office.refuse(true)
  await hear(order, 2, move(order, anHourLater))
  await send()
  await hear(order, 3, move(order, before))
  office.refuse(false)
  await advanceClock(booted.db, { minutes: 2 })
  await send()
  expect(office.letters.map(({ text }) => linesOf(text)[5])).toEqual([
    'It begins on Tuesday 1 December 2026, 19:30 in Saal 1, as your tickets said at first.',
  ])
})

it('who was told of the first move is told of the second by a letter of its own', async () => {
  const order = anOrder()
  const { office, send, hear } = await withPost([order])
  await hear(order, 2, move(order, anHourLater))
  await send()
  await hear(order, 3, move(order, twoHoursLater))
  await send()
  expect(office.letters.map(({ text }) => linesOf(text)[6])).toEqual([
    'It was to begin on Tuesday 1 December 2026, 19:30.',
    'It was to begin on Tuesday 1 December 2026, 20:30.',
  ])
})

it.each<[string, (order: Order) => void]>([
  ['is cancelled', ({ show }) => Object.assign(show, { cancelled: true })],
  [
    'is back where it was',
    ({ show }) => Object.assign(show, placeOf(anOrder()), { screenId: show.screenId }),
  ],
  ['has begun', ({ show }) => Object.assign(show, { startsAt: '2026-11-22T12:00:00Z' })],
  [
    'has no ticket of theirs left',
    (order) => {
      order.tickets = order.tickets.map((ticket) => ({ ...ticket, status: 'refunded' as never }))
    },
  ],
])('nobody hears of a move by a letter that comes when the show %s', async (_, becomes) => {
  const me = person()
  const order = anOrder({}, me.userId)
  const { office, booted, send, hear } = await withPost([order])
  await hear(order, 2, move(order, anHourLater))
  becomes(order)
  await send()
  expect(office.letters).toEqual([])
  expect(await booted.asService().mailFigures()).toMatchObject({ queued: 0, failed: 1 })
  expect((await booted.as(me).listNotifications({})).items).toEqual([])
})
