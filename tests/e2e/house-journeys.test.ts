import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import type { Ask } from '../harness/client.ts'
import { buy, inDays, made, openHouse, openShow, until } from '../harness/house.ts'
import { visitNew } from './fans.ts'
import { faultsOf } from './judge.ts'
import { become, holdBestSeats, journeys, orderOf, pay, ticketsAreHere } from './stage.ts'

/** Chooses the last house whose day has shows left: in some time zone it is always the middle of the night. */
async function lastHouseWithShows(door: Page): Promise<Locator> {
  const houses = await door.getByRole('group', { name: 'Theater' }).getByRole('button').all()
  for (const house of houses.toReversed()) {
    await house.click()
    await door.locator('.door-show').or(door.getByText('No shows today')).first().waitFor()
    if ((await door.locator('.door-show').count()) > 0) return house
  }
  throw new Error('no house has shows today')
}

journeys('running a house', (stage) => {
  it('a typed code lets its guest in once, and the ticket in the guest’s hand tears', async () => {
    const { page: guest } = await stage.visit()
    const show = await stage.bigShow()
    await holdBestSeats(guest, stage.url(`/shows/${show.id}`), 'guest@example.org')
    await pay(guest, '4242424242424242')
    await ticketsAreHere(guest)
    const { number, tickets } = await orderOf(guest)
    const [ticket] = tickets
    const ticketPage = await guest.context().newPage()
    await ticketPage.goto(stage.url(`/tickets/${ticket?.id}`))
    const stub = ticketPage.getByRole('article', { name: /^Ticket, row/ })
    await stub.waitFor()
    expect(await stub.getAttribute('data-status')).toBe('valid')
    const short = await stub.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText()
    await stub.getByText(`Code to read out: ${[...short].join(' ').replace(' - ', ', ')}`).waitFor()

    const { page: door, complaints } = await stage.visit()
    await door.goto(stage.url('/door'))
    await door.getByRole('button', { name: 'Be the usher' }).click()
    await door.getByRole('button', { name: 'Be nobody' }).waitFor()
    await door.goto(stage.url(`/door?show=${show.id}`))
    const code = door.getByRole('textbox', { name: 'Ticket code' })
    const check = async (text: string) => {
      await code.fill(text)
      await code.press('Enter')
    }
    await check(number)
    await door.getByText(/That is the number of an order\. Type the code below the QR/).waitFor()
    await check(short.toLowerCase().replace('-', ' '))
    await door.getByText('In', { exact: true }).waitFor()
    await stub.getByText(/^Admitted at \d\d:\d\d$/).waitFor()
    expect(await stub.getAttribute('data-status')).toBe('admitted')

    await check(ticket?.code ?? '')
    await door.getByText('Already in', { exact: true }).waitFor()
    await door.getByText(/^\d+ s ago$/).waitFor()
    await check('MQ1.nonsense')
    await door.getByText('No ticket', { exact: true }).waitFor()
    await door.getByRole('button', { name: 'Another show' }).click()
    const house = await lastHouseWithShows(door)
    await door.locator('.door-show').first().click()
    await door.getByRole('button', { name: 'Another show' }).click()
    expect(await house.getAttribute('aria-pressed')).toBe('true')
    expect(complaints).toEqual([])
  }, 120_000)

  it('somebody makes it theirs: a name, pasted rows, a first show; the demo goes, and comes back whole', async () => {
    const { page, complaints } = await stage.visit()
    await page.goto(stage.url('/manage'))
    await become(page, 'the owner')
    const programmeBefore = await showsOnSale()
    await page.getByRole('link', { name: 'Make it yours' }).click()
    await page.getByRole('textbox', { name: 'Name of the cinema' }).fill('Roxy')
    await page.getByRole('textbox', { name: 'Street and number' }).fill('Quay 3')
    await page.getByRole('textbox', { name: 'City' }).fill('Bergen')
    await page.getByRole('textbox', { name: 'Country' }).fill('Norway')
    await page.getByRole('button', { name: 'On to the screen' }).click()

    await page.getByRole('heading', { level: 1, name: 'Roxy, Screen 1' }).waitFor()
    await page.getByRole('textbox', { name: /^Rows/ }).fill('A: 1-8\nB: 1-8\nC: w1 c2 3-8')
    await page.getByText('24 seats').waitFor()
    await page.getByRole('button', { name: 'On to the prices' }).click()
    await page.getByRole('heading', { level: 1, name: 'What a ticket costs' }).waitFor()
    await page.getByRole('button', { name: 'On to the first show' }).click()
    await page.getByRole('heading', { level: 1, name: 'The first show' }).waitFor()
    const film = page.getByRole('combobox', { name: 'Film', exact: true })
    await film.fill('metropolis')
    await page.getByRole('option', { name: /^Metropolis/ }).waitFor()
    await film.press('Enter')
    await page.getByRole('button', { name: 'Put on sale' }).click()
    await page.getByRole('heading', { level: 1, name: 'Roxy is on sale' }).waitFor()

    await page.getByRole('button', { name: 'Close the 3 demo theaters' }).click()
    await page.getByRole('button', { name: 'Close all 3' }).click()
    const undo = page.getByRole('button', { name: 'Undo: reopen all' })
    await undo.waitFor()

    const { page: guest } = await stage.visit()
    await guest.goto(stage.url('/theaters'))
    await guest.getByRole('link', { name: /Roxy/ }).first().click()
    await guest.getByRole('heading', { level: 1, name: 'Roxy' }).waitFor()
    expect(await showsOnSale()).toBe(1)
    await guest.locator('a[href^="/shows/"]').first().click()
    await guest.getByRole('button', { name: 'Best seats for me' }).waitFor()
    await holdBestSeats(guest, guest.url(), 'first@example.org')
    await pay(guest, '4242424242424242')
    await ticketsAreHere(guest)

    await undo.click()
    await undo.waitFor({ state: 'detached' })
    expect(await showsOnSale()).toBe(programmeBefore + 1)
    expect(complaints).toEqual([])
  }, 90_000)

  it('every seat of the hall that was drawn is priced, wheelchair spaces too, in tickets as many as the owner wants', async () => {
    const { page, fan } = await visitNew(stage, 'Founder')
    const { house, screenId } = await newHouse(fan)
    await page.goto(stage.url(`/manage/${house}/opening`))
    await page.getByRole('heading', { level: 1, name: 'What a ticket costs' }).waitFor()
    const ticket = (name: string) => page.getByRole('group', { name, exact: true })
    const nameOf = (name: string) => ticket(name).getByRole('textbox', { name: 'Name of the ticket' })
    const add = page.getByRole('button', { name: 'Add a ticket type' })
    await add.press('Enter')
    await page.keyboard.type('Child')
    await ticket('Child').getByRole('textbox', { name: 'Price, House EUR' }).fill('6,5')
    await add.press('Enter')
    await page.keyboard.type('Friend')
    await page.getByRole('button', { name: 'Remove Friend' }).press('Enter')
    await nameOf('Child').and(page.locator(':focus')).waitFor()
    await page.getByRole('button', { name: 'Remove Reduced' }).press('Enter')
    await nameOf('Child').and(page.locator(':focus')).waitFor()
    await page.getByRole('textbox', { name: 'Tax in prices (%)' }).fill('5.5')
    await page.getByText('Adult, €11.00, of which tax €0.57.').waitFor()
    expect(await faultsOf(page)).toEqual([])

    const sofas = ticket('Adult').getByRole('textbox', { name: 'Price, Sofas EUR' })
    await sofas.fill('')
    const goOn = page.getByRole('button', { name: 'On to the first show' })
    await goOn.click()
    await page.getByRole('alert').getByText('Nothing that is sold by itself has a price in Sofas').waitFor()
    await sofas.fill('10')
    await goOn.click()
    await page.getByText('Prices include 5.5% tax. No booking fee is added.').waitFor()
    const inTheHouse = page
      .getByRole('region', { name: 'Prices of Every day' })
      .getByRole('row', { name: /^House/ })
    expect(await inTheHouse.getByRole('cell').allTextContents()).toEqual([
      '€11.00',
      '€6.50',
      '€8.00',
      '€0.00',
    ])
    expect(await faultsOf(page)).toEqual([])

    const { movieId } = await stage.bigShow()
    const [card] = (await fan('GET', `/api/theaters/${house}/price-cards`)).body.items as { id: string }[]
    const localStart = `${inDays(7)}T20:00`
    const show = await openShow(fan, house, { screenId, movieId, localStart, priceCardId: card?.id ?? '' })
    const order = await made<{ seats: { price: { amount: number } }[]; lines: { taxRate: number }[] }>(
      fan('POST', '/api/orders', {
        body: {
          showId: show,
          seats: [
            { seatId: 'B1', ticketType: 'wheelchair' },
            { seatId: 'B2', ticketType: 'companion' },
            { seatId: 'C1', ticketType: 'adult' },
          ],
        },
      }),
    )
    expect(order.seats.map(({ price }) => price.amount)).toEqual([800, 0, 1000])
    expect(order.lines[0]?.taxRate).toBe(0.055)
    await page.goto(stage.url(`/manage/${house}/prices`))
    await page.getByRole('button', { name: 'Change Every day' }).click()
    const amounts = page.getByRole('table', { name: /^Prices in EUR/ })
    expect(await amounts.getByText('€', { exact: true }).count()).toBe(8)
    await page.goto(stage.url(`/shows/${show}`))
    const signs = page.getByRole('list', { name: 'What the signs mean' })
    await signs.getByText('House €11.00').waitFor()
  }, 120_000)

  /** A house with a name and a hall: two rows with a wheelchair space, and sofas. */
  async function newHouse(owner: Ask) {
    const { id: house } = await made(
      owner('POST', '/api/theaters', {
        body: {
          name: 'Rex',
          address: 'Market 1',
          city: 'Ghent',
          country: 'Belgium',
          timeZone: 'Europe/Brussels',
          currency: 'EUR',
        },
      }),
    )
    const layout = 'A: 1-8\nB: w1 c2 3-8\n[sofas]\nC: s1-4'
    const { id: screenId } = await made(
      owner('POST', `/api/theaters/${house}/screens`, { body: { name: 'Screen 1', layout } }),
    )
    return { house, screenId }
  }

  /** How many shows anybody can buy tickets for, as the API lists them page by page. */
  async function showsOnSale(): Promise<number> {
    let count = 0
    let cursor: string | null = ''
    while (cursor !== null) {
      const answer: Response = await fetch(
        stage.url(`/api/shows?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`),
      )
      const { items, nextCursor } = (await answer.json()) as { items: unknown[]; nextCursor: string | null }
      count += items.length
      cursor = nextCursor
    }
    return count
  }

  it('who moves a show is told beforehand how many tickets are out, and that their holders hear of it', async () => {
    const { page, fan } = await visitNew(stage, 'Owner')
    const { items } = await made<{ items: { id: string }[] }>(fan('GET', '/api/movies?limit=1'))
    const { id: house, showId } = await openHouse(fan, { movieId: items[0]?.id ?? '', layout: 'A: 1-12' })
    await buy(fan, showId)
    await page.goto(stage.url(`/manage/${house}/shows/${showId}`))
    await page.getByText('2 of 12').waitFor()
    const told = page.getByText('2 tickets are sold. Ticket holders who left an address are told by mail.', {
      exact: true,
    })
    const readOut = page.getByRole('status').filter({ hasText: /^Ticket holders/ })
    const startsAt = page.getByLabel('Starts at', { exact: true })
    await startsAt.fill('21:30')
    await told.waitFor()
    await readOut.waitFor()
    await startsAt.fill('20:00')
    await told.waitFor({ state: 'detached' })
    await startsAt.fill('21:30')
    await page.getByRole('button', { name: 'Save the show' }).click()
    await page.getByRole('main').getByText('The show is saved.').waitFor()
    expect(await told.count()).toBe(0)
    await until(async () => {
      const { body } = await fan('GET', '/api/notifications')
      return (body.items as { kind: string }[]).some(({ kind }) => kind === 'order-show-moved')
    })
  }, 90_000)

  it('a hall gets a new zone while shows are planned, once a price card says what it costs', async () => {
    const { page, fan } = await visitNew(stage, 'Owner')
    const { items } = await made<{ items: { id: string }[] }>(fan('GET', '/api/movies?limit=1'))
    const house = await openHouse(fan, { movieId: items[0]?.id ?? '', layout: 'A: 1-12' })
    const { screenId } = await made<{ screenId: string }>(fan('GET', `/api/shows/${house.showId}`))
    await page.goto(stage.url(`/manage/${house.id}/screens/${screenId}`))
    const giveZone = async () => {
      await page.getByRole('textbox', { name: /^Rows/ }).fill('A: 1-12\n[gallery]\nB: 1-4')
      await page.getByRole('button', { name: 'Save', exact: true }).click()
    }
    await giveZone()
    await page.getByText('no price card says what a new zone costs').waitFor()
    await page.goto(stage.url(`/manage/${house.id}/prices`))
    await page
      .getByRole('button', { name: /^Change / })
      .first()
      .click()
    await page.getByText('Add another zone').first().click()
    await page.getByLabel('Name of the zone').fill('gallery')
    await page.keyboard.press('Enter')
    await page.getByLabel('Name of the zone').fill('Gallery')
    await page.keyboard.press('Enter')
    await page.getByText('There is such a zone already.').first().waitFor()
    await page.getByLabel('Name of the zone').fill('')
    await page
      .getByLabel(/ in Gallery, /)
      .first()
      .fill('7.50')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByLabel('Name of the zone').waitFor({ state: 'detached' })
    await page.goto(stage.url(`/manage/${house.id}/screens/${screenId}`))
    await giveZone()
    await until(async () => {
      const { prices } = await made<{ prices: { zone: string; price: { amount: number } }[] }>(
        fan('GET', `/api/shows/${house.showId}`),
      )
      return prices.some(({ zone, price }) => zone === 'gallery' && price.amount === 750)
    })
  }, 90_000)
})
