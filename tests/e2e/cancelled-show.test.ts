import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { made, openHouse } from '../harness/house.ts'
import { filmCalled, visitNew } from './fans.ts'
import { heard, listen } from './keyboard.ts'
import { holdBestSeats, journeys, pay, ticketsAreHere } from './stage.ts'

const card = '4242424242424242'
// Sooner than any of these pages looks again by itself.
const atOnce = { timeout: 10_000 }

journeys('a show that its cinema cancels', (stage) => {
  it('is told to whoever stands at its seat map, which gives way', async () => {
    const { showId, cancel } = await ownShow()
    const { page } = await stage.visit()
    await listen(page)
    await page.goto(stage.url(`/shows/${showId}`), { waitUntil: 'networkidle' })
    await page.locator('[data-seat][data-state="free"]').first().click()
    await page.getByRole('button', { name: 'Hold this seat' }).waitFor()
    await cancel()
    await page.getByRole('heading', { name: 'This show is cancelled' }).waitFor(atOnce)
    expect(await page.locator('[data-seat]').count()).toBe(0)
    expect(await heard(page)).toContain('The cinema has just cancelled this show.')
    await page.keyboard.press('Tab')
    await page.getByRole('link', { name: 'Other times' }).and(page.locator(':focus')).waitFor()
  }, 90_000)

  it('is told to whoever is about to pay for it, who is charged nothing and stands at the heading', async () => {
    const { showId, cancel } = await ownShow()
    const { page } = await stage.visit()
    await holdBestSeats(page, stage.url(`/shows/${showId}`), 'about-to-pay@example.org')
    await page.getByRole('textbox', { name: 'Card number' }).fill('4242')
    await cancel()
    const heading = page.getByRole('heading', { level: 1, name: 'This show was cancelled' })
    await heading.and(page.locator(':focus')).waitFor(atOnce)
    await page.getByText('Nothing was charged.').waitFor()
    await said(page, 'The cinema has just cancelled this show.')
    expect(await page.getByRole('textbox', { name: 'Card number' }).count()).toBe(0)
  }, 90_000)

  it('gives the money back under the eyes of who paid, and its owner sees what went back', async () => {
    const { house, showId, fan, day } = await ownShow()
    const { page } = await stage.visit()
    await holdBestSeats(page, stage.url(`/shows/${showId}`), 'paid@example.org')
    await pay(page, card)
    await ticketsAreHere(page)
    await page.getByRole('button', { name: 'Print' }).focus()

    await fan.goto(stage.url(`/manage/${house}/shows/${showId}`))
    await fan.getByRole('button', { name: 'See what it touches' }).click()
    const sure = fan.getByRole('textbox', { name: 'To be sure, type the time: 20:00' })
    await fan.getByRole('button', { name: 'Cancel and refund' }).click()
    await fan.getByRole('alert').filter({ hasText: 'Type 20:00 to cancel the show.' }).waitFor()
    await sure.and(fan.locator('[aria-invalid="true"]:focus')).waitFor()
    await sure.fill('20:00')
    await sure.press('Enter')
    await fan.waitForURL(new RegExp(`date=${day}`))

    await page.getByRole('heading', { level: 1, name: 'Refunded' }).waitFor(atOnce)
    await said(page, 'The cinema cancelled this show. €25.00 is on its way back to you.')
    expect(await page.getByRole('button', { name: 'Print' }).and(page.locator(':focus')).count()).toBe(1)

    await fan.goto(stage.url(`/manage/${house}/shows/${showId}`))
    const figures = fan.locator('.facts').filter({ hasText: /Tickets refunded\s*2\s*Goes back\s*€25\.00/ })
    await figures.waitFor()
    await fan.goto(stage.url(`/manage/${house}?date=${day}`))
    await fan.getByRole('cell', { name: /^Cancelled\s*2 refunded$/ }).waitFor()
    expect(await fan.getByText('of 0').count()).toBe(0)
  }, 120_000)

  /** Politely, by the line that is there for it. */
  const said = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()

  /** A show of a house of its own, and its owner's browser. */
  async function ownShow() {
    const { fan: owner, page } = await visitNew(stage, 'Owner')
    const { id } = await filmCalled(stage, 'Metropolis')
    const { id: house, showId, day } = await openHouse(owner, { movieId: id, layout: 'A: 1-12\nB: 1-12' })
    const cancel = () => made(owner('DELETE', `/api/shows/${showId}`))
    return { house, showId, day, cancel, fan: page }
  }
})
