import type { Page, Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { client } from '../harness/client.ts'
import { made, newcomer, until } from '../harness/house.ts'
import { filmCalled, visitNew } from './fans.ts'
import { holdBestSeats, journeys, pay, type ShowOnSale, type Stage, ticketsAreHere } from './stage.ts'

const evening = { watchedOn: '2026-01-02', rewatch: false, liked: false, tags: [], visibility: 'public' }

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

  it('how many follow somebody moves with the press', async () => {
    const { page } = await visitNew(stage, 'Reader')
    const writer = await newcomer(stage.marquee().origin, 'Read')
    const { handle } = await made<{ handle: string }>(writer('GET', '/api/me'))
    // Who joins is known to the community a moment later.
    await until(async () => (await writer('GET', `/api/people/${handle}`)).status === 200)
    await page.goto(stage.url(`/people/${handle}`))
    await page.getByRole('link', { name: '0 followers' }).waitFor()
    const follow = page.getByRole('button', { name: 'Follow' })
    await follow.click()
    await page.getByRole('link', { name: '1 follower', exact: true }).waitFor()
    await follow.click()
    await page.getByRole('link', { name: '0 followers' }).waitFor()
  }, 60_000)

  it('an evening deleted stays deleted, though the list that was asked for before arrives after', async () => {
    const { page, fan } = await visitNew(stage, 'Forgetful')
    const { id: movieId, title } = await filmCalled(stage, 'Jaws')
    await until(async () => (await fan('POST', '/api/diary', { body: { ...evening, movieId } })).status < 300)
    await page.goto(stage.url('/diary'))
    await page.getByRole('link', { name: title }).waitFor()
    await page.getByRole('link', { name: 'Watchlist' }).first().click()
    await page.waitForURL('**/watchlist')
    const reading = await heldBack(page, '**/api/diary?**')
    await page.goBack()
    await reading.asked
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByText('No evening written down yet').waitFor()
    await reading.arrives()
    expect(await page.getByRole('link', { name: title }).count()).toBe(0)
  }, 60_000)

  it('where near is stays, though an older reading of it arrives after it was said', async () => {
    const { page, fan } = await visitNew(stage, 'Local')
    await fan('PUT', `/api/watchlist/${(await filmCalled(stage, 'Jaws')).id}`)
    await page.goto(stage.url('/watchlist'))
    const say = page.getByRole('link', { name: 'Say where near is' })
    await say.waitFor()
    const reading = await heldBack(page, '**/api/me/home')
    await say.click()
    await reading.asked
    const place = page.getByRole('combobox', { name: 'Place' })
    const told = page.waitForResponse((answer) => answer.request().method() === 'PUT')
    await place.selectOption({ index: 1 })
    await told
    await until(async () => (await fan('GET', '/api/me/home')).body.home !== null)
    await reading.arrives()
    expect(await place.inputValue()).not.toBe('')
  }, 60_000)

  it('another day of a film leaves its reviews in their order, and what is being said to one of them', async () => {
    const { movieId, days } = await filmOfDays(stage)
    for (const name of ['First', 'Second']) {
      const writer = await newcomer(stage.marquee().origin, name)
      const headers = { 'idempotency-key': `the review of the ${name}` }
      const body = { body: `${name} to say so.` }
      await made(writer('POST', `/api/movies/${movieId}/reviews`, { body, headers }))
    }
    const { page } = await visitNew(stage, 'Reader')
    await page.goto(stage.url(`/films/${movieId}?reviews=newest`), { waitUntil: 'networkidle' })
    const review = page.getByRole('article', { name: /^First on / })
    await review.getByRole('button', { name: 'Comment' }).click()
    const comment = review.getByRole('textbox', { name: 'Your comment' })
    await comment.fill('Half a thou')
    await page.locator(`.film-page-times a[href*="date=${days[1]}"]`).click()
    await page.waitForURL(new RegExp(`date=${days[1]}`))
    await page.locator(`.film-page-times a[href*="date=${days[1]}"][aria-current]`).waitFor()
    expect(await page.getByRole('link', { name: 'Newest' }).getAttribute('aria-current')).toBe('true')
    expect(await comment.inputValue()).toBe('Half a thou')
  }, 60_000)

  it('a house that asks for patience while one pays takes nothing off the page, and says nothing untrue', async () => {
    const page = await payWhileRefused(/\/orders\/[\w-]+(\.data)?$/)
    await page.unrouteAll()
    await ticketsAreHere(page)
  }, 90_000)

  it('nor does it when patience is asked for between the order and its page', async () => {
    await payWhileRefused(/\/orders\/[\w-]+\.data$/)
  }, 90_000)

  /** Somebody pays who may read none of these for now, and sees what they saw before. */
  async function payWhileRefused(reading: RegExp): Promise<Page> {
    const { page } = await stage.visit()
    await holdBestSeats(page, stage.url(`/shows/${(await stage.bigShow()).id}`), 'patient@example.org')
    const refused = Promise.withResolvers<void>()
    await page.route(
      ({ pathname }) => reading.test(pathname),
      async (route) => {
        await route.fulfill({ status: 429, json: { status: 429, code: 'rate-limited', title: '' } })
        refused.resolve()
      },
    )
    await pay(page, '4242424242424242')
    await refused.promise
    await page.getByRole('button', { name: /^Pay/ }).waitFor()
    await page.getByRole('heading', { level: 1, name: 'These are yours for now' }).waitFor()
    return page
  }
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

/** A film that is shown on more days than one. */
async function filmOfDays(stage: Stage): Promise<{ movieId: string; days: string[] }> {
  const { body } = await client(stage.marquee().origin)('GET', '/api/shows?limit=100')
  const days = new Map<string, Set<string>>()
  for (const { movieId, day } of body.items as ShowOnSale[])
    days.set(movieId, (days.get(movieId) ?? new Set()).add(day))
  const [found] = [...days].filter(([, of]) => of.size > 1)
  if (!found) throw new Error('the demo shows every film on one day')
  return { movieId: found[0], days: [...found[1]].toSorted() }
}
