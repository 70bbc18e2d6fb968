import type { Page, Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { advanceService } from '../harness/advance.ts'
import { client } from '../harness/client.ts'
import { visitAs } from './fans.ts'
import { focused } from './keyboard.ts'
import { become, holdBestSeats, journeys, orderOf, pay, type ShowOnSale, ticketsAreHere } from './stage.ts'

const cards = {
  pays: '4242424242424242',
  declined: '4000000000000002',
  secure: '4000000000003220',
  late: '4000000000000259',
}

journeys('paying', (stage) => {
  const heldOrder = async (email?: string) => {
    const visit = await stage.visit()
    const { id } = await stage.bigShow()
    await holdBestSeats(visit.page, stage.url(`/shows/${id}`), email)
    return visit
  }

  it('a declined card keeps the seats, and another card pays for them', async () => {
    const { page } = await heldOrder('declined@example.org')
    const { seats } = await orderOf(page)
    await pay(page, cards.declined)
    await page.getByText('The bank said no.').waitFor()
    await pay(page, cards.pays)
    await ticketsAreHere(page)
    expect((await orderOf(page)).seats).toEqual(seats)
  }, 120_000)

  it('a guest who changes the seats of an order is offered nothing that would make a second one', async () => {
    const { page } = await heldOrder('changes@example.org')
    const order = page.url()
    await page.getByRole('link', { name: 'Change seats' }).click()
    await page.getByRole('button', { name: 'Change to these seats' }).waitFor()
    const ways = page.getByRole('group', { name: 'How to choose' }).getByRole('button')
    expect(await ways.allInnerTexts()).toEqual(['Choose from a list', 'Map'])
    await page.getByRole('button', { name: 'Change to these seats' }).click()
    await page.getByRole('textbox', { name: 'Card number' }).waitFor()
    expect(page.url()).toBe(order)
  }, 120_000)

  it('who was logged out in another tab is asked where the tickets go, and then holds them', async () => {
    const page = await visitAs(stage, 'alice@marquee.example')
    await page.clock.install()
    await page.goto(stage.url(`/shows/${(await stage.bigShow()).id}`))
    await page.getByRole('link', { name: 'Alice', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Best seats for me' }).click()
    const headers = { origin: stage.marquee().origin }
    await page.context().request.post(stage.url('/api/auth/logout'), { headers })
    await page.clock.fastForward(61_000)
    await page.getByRole('button', { name: 'Hold the best seats' }).click()
    await page.getByRole('heading', { name: 'Where do the tickets go?' }).waitFor()
    await page.getByRole('textbox', { name: 'E-mail' }).fill('logged-out@example.org')
    await page.getByRole('button', { name: 'Hold the best seats' }).click()
    await page.getByRole('textbox', { name: 'Card number' }).waitFor()
  }, 120_000)

  it('a guest in a house that sells only to accounts is led to log in, and back', async () => {
    const { page } = await stage.visit()
    const { id } = await stage.bigShow()
    const problem = { status: 401, code: 'unauthenticated', title: '' }
    await page.route('**/api/orders', (route) => route.fulfill({ status: 401, json: problem }))
    await page.goto(stage.url(`/shows/${id}`))
    await page.getByRole('button', { name: 'Best seats for me' }).click()
    await page.getByRole('textbox', { name: 'E-mail' }).fill('no-account@example.org')
    await page.getByRole('button', { name: 'Hold the best seats' }).click()
    const told = page.getByRole('alert').filter({ hasText: 'Please log in first' })
    await told.getByRole('link', { name: 'Log in' }).click()
    await page.getByRole('textbox', { name: 'Password' }).fill('marquee-demo')
    await page.getByRole('textbox', { name: 'E-mail' }).fill('alice@marquee.example')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.waitForURL(stage.url(`/shows/${id}`))
  }, 120_000)

  it('a bank that cannot be reached has not said no: the same card pays when it is back', async () => {
    const { page } = await heldOrder('bank-away@example.org')
    const problem = { status: 402, code: 'payment-declined', reason: 'provider-unavailable', title: '' }
    const bankIsAway = (route: Route) => route.fulfill({ status: 402, json: problem })
    await page.route('**/api/orders/*/payment', bankIsAway, { times: 1 })
    await pay(page, cards.pays)
    await page.getByText('The bank cannot be reached just now.').waitFor()
    expect(await page.getByText('The bank said no.').count()).toBe(0)
    await page.getByRole('button', { name: /^Pay/ }).click()
    await ticketsAreHere(page)
  }, 120_000)

  it('a card number that is not whole is told under its field, and the next figure takes the word back', async () => {
    const { page } = await heldOrder('half@example.org')
    await pay(page, '4242')
    const field = page.getByRole('textbox', { name: 'Card number' })
    await page.getByText('That is not a whole card number.').waitFor()
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await focused(page, 'name')).toBe('card')
    await page.keyboard.type('4')
    expect(await field.getAttribute('aria-invalid')).toBe(null)
    await pay(page, cards.pays)
    await ticketsAreHere(page)
  }, 120_000)

  it('a card that asks for 3-D Secure goes by the bank’s page and comes back to the tickets', async () => {
    const { page } = await heldOrder('secure@example.org')
    await pay(page, cards.secure)
    await page.getByRole('heading', { name: 'Is it you who is paying?' }).waitFor()
    expect(new URL(page.url()).origin).not.toBe(stage.marquee().origin)
    await page.getByRole('button', { name: 'Approve' }).click()
    await ticketsAreHere(page)
    expect(new URL(page.url()).origin).toBe(stage.marquee().origin)
  }, 120_000)

  it('without a script the way by the bank’s page leads to the tickets as well', async () => {
    const { page } = await stage.visit({ javaScriptEnabled: false })
    await page.goto(stage.url(`/shows/${(await stage.bigShow()).id}`))
    await page.getByRole('textbox', { name: 'E-mail' }).fill('no-script@example.org')
    await page.getByRole('button', { name: 'Hold the best seats' }).click()
    await pay(page, cards.secure)
    await page.getByRole('heading', { name: 'Is it you who is paying?' }).waitFor()
    await page.getByRole('button', { name: 'Approve' }).click()
    await ticketsAreHere(page)
  }, 120_000)

  it('who came by another name of this machine comes back from the bank by that name', async () => {
    const visit = await stage.visit()
    const other = new URL(stage.url(`/shows/${(await stage.bigShow()).id}`))
    other.hostname = '127.0.0.1'
    await holdBestSeats(visit.page, other.href, 'numbers@example.org')
    await pay(visit.page, cards.secure)
    await visit.page.getByRole('button', { name: 'Approve' }).click()
    await ticketsAreHere(visit.page)
    expect(new URL(visit.page.url()).origin).toBe(other.origin)
  }, 120_000)

  it('saying no at the bank’s page leads back to the seats, still held, with a word why', async () => {
    const { page } = await heldOrder('refused@example.org')
    const { seats } = await orderOf(page)
    await pay(page, cards.secure)
    await page.getByRole('button', { name: 'Decline', exact: true }).click()
    await page.getByText('The bank said no.').waitFor()
    await pay(page, cards.pays)
    await ticketsAreHere(page)
    expect((await orderOf(page)).seats).toEqual(seats)
  }, 120_000)

  it('a payment that comes late turns the waiting page into tickets by itself', async () => {
    const { page, complaints } = await heldOrder('late@example.org')
    await pay(page, cards.late)
    await page.getByRole('heading', { name: 'The bank takes its time' }).waitFor()
    await ticketsAreHere(page)
    await page
      .getByRole('article', { name: /^Ticket, row/ })
      .first()
      .waitFor()
    expect(complaints).toEqual([])
  }, 120_000)

  it('one of two tickets is given back: its price is shown, the money is on its way, then there', async () => {
    const { page } = await stage.visit()
    await page.goto(stage.url('/'))
    await become(page, 'Alice')
    await holdBestSeats(page, stage.url(`/shows/${(await stage.bigShow()).id}`))
    await pay(page, cards.pays)
    await ticketsAreHere(page)
    await page.getByRole('button', { name: 'Give tickets back' }).click()
    const dialog = page.getByRole('dialog', { name: 'Give tickets back?' })
    const [kept] = await dialog.getByRole('checkbox').all()
    const prices = await dialog
      .getByRole('listitem')
      .getByText(/\d[.,]\d\d/)
      .allInnerTexts()
    expect(prices).toHaveLength(2)
    await dialog.getByRole('button', { name: 'Refund 2 tickets' }).waitFor()
    await kept?.uncheck()
    await dialog.getByRole('button', { name: 'Refund this ticket' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const refunds = page.getByRole('region', { name: 'Refunds' })
    await refunds.getByText(prices[1] ?? '').waitFor()
    await refunds.getByText('refunded', { exact: true }).waitFor()
    expect((await orderOf(page)).tickets.map((ticket) => ticket.status).toSorted()).toEqual([
      'refunded',
      'valid',
    ])
    await page.getByRole('link', { name: 'Tickets' }).first().click()
    await page.getByText('partly refunded').first().waitFor()
  }, 120_000)

  it('too late to give back, the page says until when it was possible', async () => {
    const { body } = await client(stage.marquee().origin)('GET', '/api/shows?limit=20')
    const soon = (body.items as ShowOnSale[]).find(
      (one) => Date.parse(one.startsAt) < Date.now() + 55 * 60_000,
    )
    const { page } = await stage.visit()
    await holdBestSeats(page, stage.url(`/shows/${soon?.id}`), 'late-to-return@example.org')
    await pay(page, cards.pays)
    await ticketsAreHere(page)
    await page.getByRole('button', { name: 'Give tickets back' }).click()
    const dialog = page.getByRole('dialog', { name: 'Too late to give back' })
    await dialog.getByText(/could be given back until .*\d\d:\d\d/).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }, 120_000)

  it('a hold that runs out warns, can be made longer once, and the same seats can be held again', async () => {
    const { page } = await stage.visit()
    await page.clock.install()
    await holdBestSeats(page, stage.url(`/shows/${(await stage.bigShow()).id}`), 'slow@example.org')
    const { seats } = await orderOf(page)
    const pass = (minutes: number) => passes(page, minutes)

    await pass(6.5)
    const warning = page.getByRole('alert').filter({ hasText: 'Two minutes are left to pay.' })
    await warning.getByRole('button', { name: 'Hold them longer' }).click()
    await warning.waitFor({ state: 'detached' })

    await pass(4)
    await warning.getByText('The hold was extended already').waitFor()
    await pass(2)
    await page.getByRole('heading', { name: 'The line has burned down' }).waitFor()
    await page.getByRole('button', { name: 'Hold the same seats again' }).click()
    await page.getByRole('textbox', { name: 'Card number' }).waitFor()
    expect((await orderOf(page)).seats).toEqual(seats)
    await pay(page, cards.pays)
    await ticketsAreHere(page)
  }, 120_000)

  /** Time passes for booking and in the browser alike. */
  async function passes(page: Page, minutes: number) {
    await advanceService(stage.marquee(), 'booking', { seconds: minutes * 60 })
    await page.clock.fastForward(minutes * 60_000)
  }
})
