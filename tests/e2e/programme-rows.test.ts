import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { type Ask, client } from '../harness/client.ts'
import { made, until } from '../harness/house.ts'
import { filmCalled, visitNew } from './fans.ts'
import { faultsOf } from './judge.ts'
import { journeys } from './stage.ts'

type Films = { items: { title: string; rating: { average: number } }[] }
type Picks = { source: string; items: { id: string; title: string }[] }

journeys('the rows under the programme', (stage) => {
  it('name the best rated and the trending films in their order, and frames wait for whoever logs in', async () => {
    const { page, complaints } = await stage.visit()
    const ask = client(stage.marquee().origin)
    const best = (await made<Films>(ask('GET', '/api/movies/top-rated?limit=8'))).items
    const wanted = (await made<Films>(ask('GET', '/api/movies/trending?limit=8'))).items
    expect(best.length * wanted.length).toBeGreaterThan(0)
    await openWhole(page)
    expect(await titlesIn(row(page, 'Best rated'))).toEqual(best.map(({ title }) => title))
    expect(await titlesIn(row(page, 'Trending'))).toEqual(wanted.map(({ title }) => title))
    const said = await row(page, 'Best rated').getByRole('listitem').allTextContents()
    for (const [at, { rating }] of best.entries()) expect(said[at]).toContain(rating.average.toFixed(1))

    const picked = row(page, 'Picked for you')
    expect(await picked.getByRole('listitem').count()).toBe(0)
    const way = picked.getByRole('link', { name: 'Log in' })
    expect(await way.getAttribute('href')).toBe('/login?next=%2F')
    await row(page, 'Best rated').getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: best[0]?.title }).waitFor()
    expect(complaints).toEqual([])
  }, 60_000)

  /** A page of a busy machine may stand without its lesser parts. */
  async function openWhole(page: Page): Promise<void> {
    await until(async () => {
      await page.goto(stage.url('/'), { waitUntil: 'networkidle' })
      const rows = [row(page, 'Best rated'), row(page, 'Trending')]
      return (await Promise.all(rows.map((one) => one.count()))).every((count) => count > 0)
    })
  }

  it('hang six films for one person after the page, which is everybody’s: trending at first, then by their stars', async () => {
    const { page, fan } = await visitNew(stage, 'Perpetua Nightingale')
    const sent = await page.goto(stage.url('/'))
    expect(await sent?.text()).not.toContain('Perpetua')
    const trending = row(page, 'Wanted now')
    await trending.getByText('There is nothing to go by yet').waitFor()
    await hangs(trending, await picksOf(fan))
    await movesNothing(page)

    const { id } = await filmCalled(stage, 'Casablanca')
    await made(fan('PUT', `/api/movies/${id}/rating`, { body: { stars: 5 } }))
    await until(async () => (await picksOf(fan)).source === 'personal')
    const mine = row(page, 'Picked for you')
    // A busy machine may not pick in time; then the page hangs what is trending.
    await until(async () => {
      await page.reload({ waitUntil: 'networkidle' })
      return (await mine.getByText('By the stars you gave.').count()) > 0
    })
    const picks = await picksOf(fan)
    await hangs(mine, picks)
    expect(picks.items.map((film) => film.id)).not.toContain(id)
    expect(await faultsOf(page)).toEqual([])
  }, 90_000)

  it('leave the frames empty and the programme whole while nobody picks', async () => {
    const { page } = await visitNew(stage, 'Unlucky')
    await page.route('**/api/recommendations*', (route) =>
      route.fulfill({ status: 503, json: { status: 503, code: 'unavailable', title: '' } }),
    )
    await openWhole(page)
    const picked = row(page, 'Picked for you')
    await picked.getByText('The frames stay empty for a moment.').waitFor()
    expect(await picked.getByRole('link').count()).toBe(0)
    expect(await titlesIn(row(page, 'Best rated'))).not.toEqual([])
    expect(await faultsOf(page)).toEqual([])
  }, 60_000)
})

const row = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
const titlesIn = (films: Locator) => films.getByRole('link').allTextContents()
const picksOf = (fan: Ask) => made<Picks>(fan('GET', '/api/recommendations?limit=6'))

/** The frames are filled with these films, each leading to its own page. */
async function hangs(wall: Locator, { items }: Picks): Promise<void> {
  const films = wall.getByRole('listitem').getByRole('link')
  await until(async () => (await films.count()) === 6)
  expect(await films.allTextContents()).toEqual(items.map(({ title }) => title))
  for (const [at, { id }] of items.entries())
    expect(await films.nth(at).getAttribute('href')).toBe(`/films/${id}`)
}

/** Since the page came nothing in it was pushed aside by what came later. */
async function movesNothing(page: Page): Promise<void> {
  const moved = await page.evaluate<number>(`new Promise((resolve) => {
    let sum = 0
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) sum += value
    }).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => resolve(sum), 300)
  })`)
  expect(moved).toBeLessThan(0.01)
}
