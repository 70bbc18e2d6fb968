import { expect, it } from 'vitest'
import { become, holdBestSeats, journeys, orderOf, pay, somebodyTakes, ticketsAreHere } from './stage.ts'

journeys('in a browser', (stage) => {
  it('somebody finds a film, books, gets a ticket, and is admitted exactly once', async () => {
    const { page, context, complaints } = await stage.visit()
    await page.goto(stage.url('/'))
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    const show = await stage.bigShow()
    await page.goto(stage.url(`/films/${show.movieId}?date=${show.day}`))
    await page.locator(`a[href*="/shows/${show.id}"]`).first().click()
    await page.getByRole('button', { name: 'Best seats for me' }).waitFor()
    await holdBestSeats(page, stage.url(`/shows/${show.id}`), 'guest@example.org')
    await pay(page, '4242424242424242')
    await ticketsAreHere(page)
    const order = await orderOf(page)
    expect(order.status).toBe('confirmed')

    const door = await context.newPage()
    await door.goto(stage.url('/'))
    await become(door, 'the usher')
    const admit = () =>
      door.evaluate(async (code) => {
        const answer = await fetch('/api/check-in', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ code }),
        })
        return ((await answer.json()) as { result: string }).result
      }, order.tickets[0]?.code)
    expect([await admit(), await admit()]).toEqual(['admitted', 'already-admitted'])
    expect(complaints).toEqual([])
  }, 120_000)

  it('a seat that somebody else takes goes from the map while one looks at it', async () => {
    const show = await stage.bigShow()
    const { page } = await stage.visit()
    await page.goto(stage.url(`/shows/${show.id}`))
    const [seat] = (await somebodyTakes(stage.marquee().origin, show.id)).seats
    await page
      .locator(`[aria-label^="Row ${seat?.row}, seat ${seat?.number},"][aria-label*="taken"]`)
      .waitFor({ state: 'attached' })
  }, 120_000)

  it('film and theater pages tell their times without JavaScript', async () => {
    const show = await stage.bigShow()
    const { page } = await stage.visit({ javaScriptEnabled: false })
    for (const path of [`/films/${show.movieId}`, `/theaters/${show.theaterId}`]) {
      await page.goto(stage.url(path))
      expect(await page.locator('a[href*="/shows/"]').count()).toBeGreaterThan(0)
    }
  }, 120_000)

  it('the film page needs less than 200 kB of compressed script, and stays still', async () => {
    const show = await stage.bigShow()
    const { page } = await stage.visit()
    const sizes: Promise<{ responseBodySize: number }>[] = []
    page.on('requestfinished', (request) => {
      if (request.url().endsWith('.js')) sizes.push(request.sizes())
    })
    await page.addInitScript(`
      globalThis.shift = 0
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shift += entry.value
      }).observe({ type: 'layout-shift', buffered: true })`)
    await page.goto(stage.url(`/films/${show.movieId}`), { waitUntil: 'networkidle' })
    const bytes = (await Promise.all(sizes)).reduce((sum, one) => sum + one.responseBodySize, 0)
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThan(200_000)
    expect(await page.evaluate<number>('shift')).toBeLessThan(0.01)
  }, 120_000)
})
