import { expect, it } from 'vitest'
import { focused, heard, listen, tabInto, tabTo } from './keyboard.ts'
import { journeys, orderOf, somebodyTakes, somebodyTakesOneOf, ticketsAreHere } from './stage.ts'

journeys('with the keyboard alone', (stage) => {
  it('leads from the film page to seats chosen on the map, held and paid', async () => {
    const { page, complaints } = await stage.visit()
    const show = await stage.bigShow()
    await page.goto(stage.url(`/films/${show.movieId}?date=${show.day}`))
    await tabTo(page, page.locator(`a[href="/shows/${show.id}"]`).first())
    await page.keyboard.press('Enter')
    await page.getByRole('grid', { name: /^Seat map/ }).waitFor()

    await tabInto(page, page.getByRole('grid', { name: /^Seat map/ }))
    const first = await focused(page, 'aria-label')
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    const second = await focused(page, 'aria-label')
    expect(second).not.toBe(first)
    await page.keyboard.press('Enter')
    expect(await page.getByRole('gridcell', { selected: true }).count()).toBe(2)
    expect(await focused(page, 'aria-label')).toContain('yours')

    await tabTo(page, page.getByRole('textbox', { name: 'E-mail' }))
    await page.keyboard.type('keys@example.org')
    await tabTo(page, page.getByRole('button', { name: 'Hold these 2 seats' }))
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Card number' }).waitFor()
    const names = (await orderOf(page)).seats.map((seat) => `Row ${seat.row}, seat ${seat.number}`)
    expect([first, second].map((name) => names.some((one) => name.startsWith(`${one},`)))).toEqual([
      true,
      true,
    ])

    await tabTo(page, page.getByRole('textbox', { name: 'Card number' }))
    await page.keyboard.type('4242424242424242')
    await page.keyboard.press('Enter')
    await ticketsAreHere(page)
    expect(complaints).toEqual([])
  }, 120_000)

  it('the same seats can be chosen from the list', async () => {
    const { page } = await stage.visit()
    await page.goto(stage.url(`/shows/${(await stage.bigShow()).id}`))
    await tabTo(page, page.getByRole('button', { name: 'Choose from a list' }))
    await page.keyboard.press('Enter')
    const table = page.getByRole('table', { name: 'Free seats by row' })
    await table.waitFor()
    await tabInto(page, table)
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await tabTo(page, page.getByRole('textbox', { name: 'E-mail' }))
    await page.keyboard.type('list@example.org')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Card number' }).waitFor()
    expect((await orderOf(page)).seats).toHaveLength(2)
  }, 120_000)

  it('the house finds the best seats', async () => {
    const { page } = await stage.visit()
    await page.goto(stage.url(`/shows/${(await stage.bigShow()).id}`))
    await tabTo(page, page.getByRole('button', { name: 'Best seats for me' }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('spinbutton', { name: /^Adult/ }))
    await page.keyboard.press('ArrowUp')
    await tabTo(page, page.getByRole('textbox', { name: 'E-mail' }))
    await page.keyboard.type('best@example.org')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Card number' }).waitFor()
    expect((await orderOf(page)).seats).toHaveLength(3)
  }, 120_000)

  it('a screen reader hears of a seat only when it was mine', async () => {
    const { page } = await stage.visit()
    const show = await stage.bigShow()
    await listen(page)
    await page.goto(stage.url(`/shows/${show.id}`))
    const grid = page.getByRole('grid', { name: /^Seat map/ })
    await tabInto(page, grid)
    const mine = await focused(page, 'data-seat')
    await page.keyboard.press('Space')
    await page.getByRole('gridcell', { selected: true }).waitFor({ state: 'attached' })

    const others = await page
      .locator('[data-state="free"]')
      .evaluateAll((seats) => seats.map((seat) => seat.getAttribute('data-seat') ?? ''))
    const free = others.filter((seat) => seat !== mine)
    const far = await somebodyTakesOneOf(stage.marquee().origin, show.id, free)
    await page.locator(`[data-seat="${far}"][data-state="taken"]`).waitFor({ state: 'attached' })
    expect(await heard(page)).toEqual([])

    await somebodyTakes(stage.marquee().origin, show.id, [mine])
    await page.locator(`[data-seat="${mine}"][data-state="lost"]`).waitFor({ state: 'attached' })
    await page.waitForFunction('heard.length > 0')
    expect(await heard(page)).toEqual([
      expect.stringMatching(/^Row .+, seat .+ was just taken by somebody else and left your choice\.$/),
    ])
  }, 120_000)
})
