import type { Page, Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { until } from '../harness/house.ts'
import { filmCalled, visitNew } from './fans.ts'
import { journeys } from './stage.ts'

journeys('what is answered late, or not for now', (stage) => {
  it('stars and a film listed stay, though an older reading of them arrives after the press', async () => {
    const { page, fan } = await visitNew(stage, 'Swift')
    const film = await filmCalled(stage, 'Jaws')
    const rating = await heldBack(page, '**/rating')
    await page.goto(stage.url(`/films/${film.id}`))
    await rating.asked
    const list = page.getByRole('button', { name: 'Watchlist' })
    await page.getByRole('button', { name: 'Seen it' }).waitFor()
    await page.getByRole('radio', { name: '4 stars', exact: true }).press('Space')
    await list.click()
    await until(async () => (await fan('GET', `/api/movies/${film.id}/rating`)).body.stars === 4)
    await until(async () => (await fan('GET', `/api/watchlist/${film.id}`)).body.listed === true)
    await rating.arrives()
    expect(await page.getByRole('radio', { name: '4 stars', exact: true }).isChecked()).toBe(true)
    expect(await list.getAttribute('aria-pressed')).toBe('true')
  }, 60_000)

  it('somebody followed stays followed, though an older reading arrives after the press', async () => {
    const { page } = await visitNew(stage, 'Follower')
    const reading = await heldBack(page, '**/api/people/alice/follow')
    await page.goto(stage.url('/people/alice'))
    await reading.asked
    const follow = page.getByRole('button', { name: 'Follow' })
    const told = page.waitForResponse((answer) => answer.request().method() === 'PUT')
    await follow.click()
    await told
    await reading.arrives()
    expect(await follow.getAttribute('aria-pressed')).toBe('true')
  }, 60_000)
})

/** Keeps the answer to what is first asked there until it may arrive, as it was when it was asked. */
async function heldBack(page: Page, path: string) {
  const asked = Promise.withResolvers<void>()
  const mayArrive = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  await page.route(path, async (route: Route) => {
    if (route.request().method() !== 'GET') return route.fallback()
    const answer = await route.fetch()
    asked.resolve()
    await mayArrive.promise
    // Whoever no longer waits for it has gone away.
    await route.fulfill({ response: answer }).catch(() => undefined)
    arrived.resolve()
  })
  return {
    asked: asked.promise,
    arrives: async () => {
      mayArrive.resolve()
      await arrived.promise
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50)))')
    },
  }
}
