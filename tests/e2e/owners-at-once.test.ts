import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Ask } from '../harness/client.ts'
import { made, openTheater } from '../harness/house.ts'
import { visitNew } from './fans.ts'
import { journeys } from './stage.ts'

type Priced = { zone: string; price: { amount: number } }[]

journeys('owners who change one house at once', (stage) => {
  it('who saves a price card second is told, sees what is saved, keeps what they typed, and undoes nothing', async () => {
    const { page, house, fan, card } = await ownHouse()
    await page.goto(stage.url(`/manage/${house}/prices`))
    await page.getByRole('button', { name: 'Change Every day' }).click()
    const cell = (zone: string) => page.getByRole('textbox', { name: `Adult in ${zone}, EUR` })
    await cell('Balcony').fill('19.00')
    const path = `/api/theaters/${house}/price-cards/${card}`
    await made(fan('PATCH', path, { body: { prices: prices({ standard: 1111, balcony: 2222 }) } }))
    const save = page.getByRole('button', { name: 'Save', exact: true })
    await save.click()
    const told = page.getByRole('alert').filter({ hasText: 'Somebody changed this meanwhile' })
    await told.getByText(/11\.11/).waitFor()
    await told.getByText(/22\.22/).waitFor()
    expect(await cell('House').inputValue()).toBe('11.11')
    expect(await cell('Balcony').inputValue()).toBe('19.00')
    expect(await savedPrices(fan, house)).toEqual([1111, 2222])
    await save.click()
    await page.getByRole('button', { name: 'Change Every day' }).waitFor()
    expect(await savedPrices(fan, house)).toEqual([1111, 1900])
  }, 90_000)

  it('who would rather have what the other owner saved takes it with one press', async () => {
    const { page, house, fan, card } = await ownHouse()
    await page.goto(stage.url(`/manage/${house}/prices`))
    await page.getByRole('button', { name: 'Change Every day' }).click()
    const balcony = page.getByRole('textbox', { name: 'Adult in Balcony, EUR' })
    await balcony.fill('not an amount')
    await balcony.fill('19.00')
    const path = `/api/theaters/${house}/price-cards/${card}`
    await made(fan('PATCH', path, { body: { prices: prices({ standard: 1000, balcony: 2222 }) } }))
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Take what is saved' }).click()
    expect(await balcony.inputValue()).toBe('22.22')
    expect(await page.getByRole('alert').filter({ hasText: /\S/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Change Every day' }).waitFor()
    expect(await savedPrices(fan, house)).toEqual([1000, 2222])
  }, 90_000)

  it('who saves a screen second keeps the rows they typed beside the minutes the other saved', async () => {
    const { page, house, fan, screen } = await ownHouse()
    await page.goto(stage.url(`/manage/${house}/screens/${screen}`))
    const rows = page.getByRole('textbox', { name: /^Rows/ })
    const mine = 'A: 1-8\n\n[balcony]\nB: 1-6'
    await rows.fill(mine)
    await page.getByText('14 seats').waitFor()
    const body = { trailerMinutes: 7, layout: 'A: 1-9\n[balcony]\nB: 1-9' }
    await made(fan('PATCH', `/api/theaters/${house}/screens/${screen}`, { body }))
    const save = page.getByRole('button', { name: 'Save', exact: true })
    await save.click()
    const told = page.getByRole('alert').filter({ hasText: 'Somebody changed this meanwhile' })
    await told.getByText('A: 1-9').waitFor()
    expect(await page.getByRole('spinbutton', { name: /^Trailers/ }).inputValue()).toBe('7')
    expect(await rows.inputValue()).toBe(mine)
    await save.click()
    await page.locator('form').getByText('Saved.', { exact: true }).waitFor()
    expect(await rows.inputValue()).toBe(mine)
    expect(await save.and(page.locator(':focus')).count()).toBe(1)
    const { items } = (await fan('GET', '/api/me/theaters')).body as {
      items: { id: string; screens: { seats: number; trailerMinutes: number }[] }[]
    }
    expect(items.find(({ id }) => id === house)?.screens).toMatchObject([{ seats: 14, trailerMinutes: 7 }])
  }, 90_000)

  it('after a row was saved or taken away the keyboard goes on from there', async () => {
    const { page, house, fan } = await ownHouse()
    await made(
      fan('POST', `/api/theaters/${house}/price-cards`, {
        body: { name: 'Matinee', until: '14:00', prices: prices({ standard: 500, balcony: 500 }) },
      }),
    )
    await made(
      fan('POST', `/api/theaters/${house}/ticket-types`, { body: { key: 'student', name: 'Student' } }),
    )
    await page.goto(stage.url(`/manage/${house}/prices`))
    await press(page, 'Change Every day')
    await press(page, 'Save')
    await standsAt(page, 'button', 'Change Every day')
    await press(page, 'Change Student')
    await press(page, 'Save')
    await standsAt(page, 'button', 'Change Student')
    await press(page, 'Add a ticket type')
    await page.getByRole('textbox', { name: 'Name of the ticket' }).fill('Child')
    await press(page, 'Save')
    await standsAt(page, 'button', 'Add a ticket type')
    await press(page, 'Remove Every day')
    await press(page, 'Remove')
    await standsAt(page, 'heading', 'Matinee')
    await press(page, 'Remove Matinee')
    await press(page, 'Remove')
    await standsAt(page, 'heading', 'Price cards')
    await press(page, 'Retire Student')
    await press(page, 'Retire')
    await page.getByRole('listitem').filter({ hasText: 'Child' }).and(page.locator(':focus')).waitFor()
  }, 90_000)

  it('a refusal is told in the language of the page, not in that of the house', async () => {
    const { page, house } = await ownHouse({ locale: 'de-DE' })
    await page.goto(stage.url(`/manage/${house}/prices`))
    const refuse = (status: number, problem: object) =>
      page.route('**/price-cards/*', (route) => route.fulfill({ status, json: { status, ...problem } }), {
        times: 1,
      })
    await page.getByRole('button', { name: 'Every day ändern' }).click()
    const save = page.getByRole('button', { name: 'Speichern', exact: true })
    await refuse(503, { code: 'unavailable', detail: 'Sales cannot rest just now: try again' })
    await save.click()
    await page.getByRole('alert').getByText('Das Haus ist gerade überlastet').waitFor()
    await page.getByLabel('Ab', { exact: true }).fill('12:00')
    await page.getByLabel('Vor', { exact: true }).fill('11:00')
    await save.click()
    await page.getByRole('alert').getByText('Das Ende liegt vor dem Anfang').waitFor()
    await refuse(409, { code: 'never-heard-of', detail: 'The moon is in the way' })
    await save.click()
    await page.getByRole('alert').getByText('The moon is in the way').waitFor()
  }, 90_000)

  /** A house of one screen with two zones, one card and one ticket, and its owner's browser. */
  async function ownHouse({ locale = 'en-GB' } = {}) {
    const { page: first, fan } = await visitNew(stage, 'Owner')
    const house = (await openTheater(fan)).id
    const at = `/api/theaters/${house}`
    const screen = await made(
      fan('POST', `${at}/screens`, { body: { name: 'Screen 1', layout: 'A: 1-8\n[balcony]\nB: 1-8' } }),
    )
    const card = await made(
      fan('POST', `${at}/price-cards`, {
        body: { name: 'Every day', prices: prices({ standard: 1000, balcony: 1500 }) },
      }),
    )
    const { page, context } = await stage.visit({ locale })
    await context.addCookies(await first.context().cookies())
    await first.context().close()
    return { page, fan, house, screen: screen.id, card: card.id }
  }

  const prices = (amounts: Record<string, number>) =>
    Object.entries(amounts).map(([zone, amount]) => ({
      zone,
      ticketType: 'adult',
      price: { amount, currency: 'EUR' },
    }))

  async function savedPrices(fan: Ask, house: string): Promise<number[]> {
    const { body } = await fan('GET', `/api/theaters/${house}/price-cards`)
    const [card] = body.items as { prices: Priced }[]
    return ['standard', 'balcony'].map(
      (zone) => card?.prices.find((one) => one.zone === zone)?.price.amount ?? 0,
    )
  }

  async function press(page: Page, name: string) {
    await page.getByRole('button', { name, exact: true }).focus()
    await page.keyboard.press('Enter')
  }

  const standsAt = (page: Page, role: 'button' | 'heading', name: string) =>
    page.getByRole(role, { name, exact: true }).and(page.locator(':focus')).waitFor()
})
