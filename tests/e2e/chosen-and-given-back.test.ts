import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { client } from '../harness/client.ts'
import { heard, listen } from './keyboard.ts'
import { journeys, pay, type ShowOnSale, somebodyTakesOneOf, ticketsAreHere } from './stage.ts'

const card = '4242424242424242'

journeys('seats chosen and tickets given back', (stage) => {
  it('who logs in with seats chosen comes back to the same seats as the same tickets', async () => {
    const { page } = await stage.visit()
    await open(page, (await stage.bigShow()).id)
    await choose(page, 3)
    await tickets(page).last().selectOption({ index: 1 })
    const before = await choiceOf(page)
    await logInFrom(page)
    await page.getByRole('button', { name: 'Hold these 3 seats' }).waitFor()
    expect(await choiceOf(page)).toEqual(before)
  }, 90_000)

  it('a chosen seat that went while its chooser logged in is said to be gone, and the others stay', async () => {
    const { page } = await stage.visit()
    await listen(page)
    const { id } = await stage.bigShow()
    await open(page, id)
    const mine = await choose(page, 3)
    const before = await choiceOf(page)
    await page.getByRole('link', { name: 'Or log in, and find them in your account' }).click()
    const gone = await somebodyTakesOneOf(stage.marquee().origin, id, mine)
    await finishLogIn(page)
    await page.getByRole('button', { name: 'Hold these 2 seats' }).waitFor()
    await page.waitForFunction('heard.length > 0')
    expect((await heard(page)).at(-1)).toMatch(/was just taken by somebody else and left your choice/)
    expect(before).toEqual(expect.arrayContaining(await choiceOf(page)))
    expect(await page.locator(`[data-seat="${gone}"]`).getAttribute('data-state')).toBe('lost')
  }, 90_000)

  it('tickets of a cancelled show are given back with their fee, and the dialog says so', async () => {
    const page = await paidGuest('cancelled@example.org', await showWithFee())
    const total = await page.locator('.bill-total dd').innerText()
    await page.route(/\/api\/orders\/[\w-]+$/, async (route) => {
      const answer = await route.fetch()
      const order = await answer.json()
      await route.fulfill({ response: answer, json: { ...order, show: { ...order.show, cancelled: true } } })
    })
    await page.getByRole('heading', { name: 'This show was cancelled' }).waitFor()
    await page.getByRole('button', { name: 'Give tickets back' }).click()
    const dialog = page.getByRole('dialog', { name: 'Give tickets back?' })
    await dialog.getByRole('button', { name: `Refund 2 tickets ${total}` }).waitFor()
    expect(await dialog.getByText('the booking fee stays').count()).toBe(0)
    await dialog.getByText('the booking fee too').waitFor()
  }, 90_000)

  it('whoever gave all tickets back stands at the heading of the order, and hears what was given back', async () => {
    const page = await paidGuest('all-back@example.org', (await stage.bigShow()).id)
    await page.getByRole('button', { name: 'Give tickets back' }).click()
    await page.getByRole('button', { name: /^Refund 2 tickets/ }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('heading', { level: 1, name: 'Refunded' }).and(page.locator(':focus')).waitFor()
    expect(await heard(page)).toContainEqual(expect.stringMatching(/^Given back: .*\d/))
  }, 90_000)

  it('a wish that cannot be is explained in the language of the page', async () => {
    const { page } = await stage.visit({ locale: 'de-DE' })
    await open(page, (await stage.bigShow()).id)
    await page.getByRole('button', { name: 'Beste Plätze für mich' }).click()
    const counters = page.getByRole('spinbutton')
    for (const at of [0, 1]) await counters.nth(at).fill('6')
    await page.getByRole('textbox', { name: 'E-Mail' }).fill('zwoelf@example.org')
    await page.getByRole('button', { name: 'Beste Plätze zurücklegen' }).click()
    await page.getByRole('alert').getByText('Zehn Plätze sind das Meiste für eine Bestellung.').waitFor()
    expect(await page.getByText('seats an order').count()).toBe(0)
  }, 90_000)

  const panel = (page: Page) => page.getByRole('complementary', { name: 'Your seats' })
  const tickets = (page: Page) => panel(page).getByRole('combobox')

  /** The map is there before it listens: a seat pressed at once is not chosen. */
  const open = (page: Page, showId: string) =>
    page.goto(stage.url(`/shows/${showId}`), { waitUntil: 'networkidle' })

  async function choose(page: Page, count: number): Promise<string[]> {
    for (let at = 0; at < count; at += 1) await page.locator('[data-seat][data-state="free"]').first().click()
    await page.getByRole('button', { name: `Hold these ${count} seats` }).waitFor()
    return page
      .locator('[data-seat][data-state="mine"]')
      .evaluateAll((seats) => seats.map((seat) => seat.getAttribute('data-seat') ?? ''))
  }

  /** Each chosen seat with its ticket, as the page words them. */
  const choiceOf = async (page: Page) =>
    Promise.all(
      (await tickets(page).all()).map(async (one) => [
        await one.getAttribute('aria-label'),
        await one.inputValue(),
      ]),
    )

  async function logInFrom(page: Page) {
    await page.getByRole('link', { name: 'Or log in, and find them in your account' }).click()
    await finishLogIn(page)
  }

  async function finishLogIn(page: Page) {
    await page.getByRole('textbox', { name: 'Password' }).fill('marquee-demo')
    await page.getByRole('textbox', { name: 'E-mail' }).fill('alice@marquee.example')
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('link', { name: 'Alice', exact: true }).waitFor()
  }

  async function showWithFee(): Promise<string> {
    const ask = client(stage.marquee().origin)
    const shows = (await ask('GET', '/api/shows?limit=100')).body.items as ShowOnSale[]
    const inHours = Date.now() + 3 * 3_600_000
    for (const show of shows) {
      const { body } = await ask('GET', `/api/theaters/${show.theaterId}`)
      const { amount } = body.bookingFee as { amount: number }
      if (amount > 0 && show.seatsLeft > 20 && Date.parse(show.startsAt) > inHours) return show.id
    }
    throw new Error('the demo has no show with a booking fee')
  }

  async function paidGuest(email: string, showId: string): Promise<Page> {
    const { page } = await stage.visit()
    await listen(page)
    await open(page, showId)
    await page.getByRole('button', { name: 'Best seats for me' }).click()
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
    await page.getByRole('button', { name: 'Hold the best seats' }).click()
    await pay(page, card)
    await ticketsAreHere(page)
    return page
  }
})
