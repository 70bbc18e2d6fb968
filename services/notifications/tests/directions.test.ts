import { randomUUIDv7 as id } from 'node:crypto'
import { orderConfirmed } from '@marquee/contracts/booking'
import { reviewCommented } from '@marquee/contracts/reviews'
import { bootService } from '@marquee/kit/testing'
import { afterEach, expect, it } from 'vitest'
import { notifications } from '../src/index.ts'
import { accountMail } from '../src/templates/account.ts'
import { commentNotice } from '../src/templates/notices.ts'
import { anOrder, bookingWith } from './orders.ts'
import { openPostOffice } from './post-office.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

const film = 'ואלס עם באשיר'
const theater = 'سينما القاهرة'
const isolate = (words: string) => `\u2068${words}\u2069`

/** The mail with the tickets of such an order, as it arrives. */
async function mailed(change: (order: ReturnType<typeof anOrder>) => void) {
  const order = anOrder()
  change(order)
  const office = await openPostOffice()
  const config = { smtpUrl: office.url }
  const booted = await bootService(notifications, { neighbours: [bookingWith([order])], config })
  open.push(booted.stop, office.close)
  await booted.deliver(orderConfirmed, { orderId: order.id, version: 2 })
  await booted.runJob('deliver-mails')
  return office.letters[0]
}

it('a title and a theater written from right to left leave what stands around them in its place', async () => {
  const mail = await mailed(({ show }) => {
    show.movieTitle = film
    show.theaterName = theater
  })
  expect(mail?.subject).toBe(`Your tickets: ${isolate(film)}`)
  expect(mail?.text).toContain(`${isolate(theater)}, `)
  expect(mail?.html).toContain(`<bdi>${film}</bdi></h1>`)
  expect(mail?.html).toContain(`<bdi>${theater}</bdi>, `)
})

it('a mail whose words all read from left to right has nothing invisible in it', async () => {
  const mail = await mailed(() => {})
  expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toMatch(/[\u2066-\u2069]|<bdi>/)
})

it('a title cannot turn round what comes after it', async () => {
  const mail = await mailed(({ show }) => {
    show.movieTitle = `\u202E${film}\u2069\u2067`
  })
  expect(mail?.subject).toBe(`Your tickets: ${isolate(film)}`)
})

it('markup in a title from right to left stays text', async () => {
  const mail = await mailed(({ show }) => {
    show.movieTitle = `<b>${film}`
  })
  expect(mail?.html).toContain(`<bdi>&lt;b&gt;${film}</bdi>`)
})

it('a mail to an address that nobody has confirmed says nothing that its sender made up', () => {
  const payload = { email: 'a@example.org', name: film, token: 'once', userId: 'x' }
  const { text, html } = accountMail('verify-email', payload, 'https://m.example')
  for (const said of [text, html]) {
    expect(said).toContain('Hello,')
    expect(said).not.toContain(film)
  }
})

it('a name is greeted and quoted in its own direction', () => {
  const payload = { email: 'a@example.org', name: film, token: 'once', userId: 'x' }
  const { text, html } = accountMail('password-changed', payload, 'https://m.example')
  expect(text).toContain(`Hello ${isolate(film)},`)
  expect(html).toContain(`Hello <bdi>${film}</bdi>,`)
  const ids = { commentId: id(), reviewId: id(), movieId: id(), userId: id() }
  const told = reviewCommented.schema.parse({ ...ids, commenterName: theater, movieTitle: film })
  const notice = commentNotice(told)
  expect(notice.title).toBe(`${isolate(theater)} commented on your review`)
  expect(notice.body).toContain(`review of ${isolate(film)} has`)
})
