import { expect, it } from 'vitest'
import { until } from '../harness/house.ts'
import { visitAs } from './fans.ts'
import { become, journeys, somebodyTakes } from './stage.ts'

journeys('what is old on the screen', (stage) => {
  it('what an owner sees of the day stays when a later look at it fails, and is said to be old', async () => {
    const { page } = await stage.visit()
    await page.clock.install()
    const { theaterId, day } = await stage.bigShow()
    await page.goto(stage.url('/manage'))
    await become(page, 'the owner')
    await page.goto(stage.url(`/manage/${theaterId}?date=${day}`))
    await page.locator('.bar').first().waitFor()
    await page.route('**/api/theaters/*/s*', (route) => route.abort())
    await page.clock.fastForward(31_000)
    await page.getByText('This is how things stood a moment ago.').waitFor()
    expect(await page.locator('.bar').count()).toBeGreaterThan(0)
    await page.unroute('**/api/theaters/*/s*')
    await page.clock.fastForward(31_000)
    await page.getByText('This is how things stood a moment ago.').waitFor({ state: 'detached' })
  }, 60_000)

  it('what a show sold is said to be old when the house no longer answers', async () => {
    const page = await visitAs(stage, 'owner@marquee.example')
    await page.clock.install()
    const { id, theaterId } = await stage.bigShow()
    await page.goto(stage.url(`/manage/${theaterId}/shows/${id}`))
    await page.getByText(/^\d+ of \d+$/).waitFor()
    await page.route('**/api/theaters/*/sales*', (route) => route.abort())
    await page.clock.fastForward(16_000)
    await page.getByText('This is how things stood a moment ago.').waitFor()
    expect(await page.getByText(/^\d+ of \d+$/).count()).toBe(1)
    await page.unroute('**/api/theaters/*/sales*')
    await page.clock.fastForward(16_000)
    await page.getByText('This is how things stood a moment ago.').waitFor({ state: 'detached' })
  }, 60_000)

  it('a line that died in its sleep is noticed on waking, and the map shows who came meanwhile', async () => {
    const { page } = await stage.visit()
    // Open, and dead: what the house says never arrives.
    const { promise: opened, resolve: open } = Promise.withResolvers<unknown>()
    await page.routeWebSocket(/\/api\/live/, open)
    const { id } = await stage.bigShow()
    await page.goto(stage.url(`/shows/${id}`))
    await opened
    const [seat] = (await somebodyTakes(stage.marquee().origin, id)).seats
    const drawn = page.locator(`[data-seat="${seat?.seatId}"]`)
    expect(await drawn.getAttribute('data-state')).toBe('free')
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await until(async () => (await drawn.getAttribute('data-state')) === 'taken')
  }, 60_000)

  it('a line that fell silent is replaced without anybody doing anything, and brings what was missed', async () => {
    const { page } = await stage.visit()
    await page.clock.install()
    let lines = 0
    await page.routeWebSocket(/\/api\/live/, (line) => {
      lines += 1
      if (lines > 1) line.connectToServer()
    })
    const { id } = await stage.bigShow()
    await page.goto(stage.url(`/shows/${id}`))
    await until(async () => lines === 1)
    const [seat] = (await somebodyTakes(stage.marquee().origin, id)).seats
    await page.clock.fastForward(20_000)
    await page.clock.fastForward(2000)
    await page.locator(`[data-seat="${seat?.seatId}"][data-state="taken"]`).waitFor()
    expect(lines).toBe(2)
  }, 60_000)
})
