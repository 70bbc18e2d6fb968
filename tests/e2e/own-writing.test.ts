import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { until } from '../harness/house.ts'
import { filmCalled, visitNew } from './fans.ts'
import { focused, heard, listen } from './keyboard.ts'
import { journeys } from './stage.ts'

const evening = { watchedOn: '2026-01-02', rewatch: false, liked: false, tags: [], visibility: 'public' }
const isOn = (page: Page, attribute: string, value: string) =>
  until(async () => (await focused(page, attribute)) === value)

journeys('what somebody writes about films', (stage) => {
  it('stars given with the last touch before the page is left are given', async () => {
    const { page, fan } = await visitNew(stage, 'Hasty')
    const film = await filmCalled(stage, 'Jaws')
    await page.goto(stage.url(`/films/${film.id}`), { waitUntil: 'networkidle' })
    await page.getByRole('radio', { name: '4 stars', exact: true }).press('Space')
    await page.goto('about:blank')
    await until(async () => (await fan('GET', `/api/movies/${film.id}/rating`)).body.stars === 4)
  }, 60_000)

  it('a film taken off the watchlist on its page is off on the film’s page too', async () => {
    const { page, fan } = await visitNew(stage, 'Lister')
    const film = await filmCalled(stage, 'Jaws')
    await until(async () => (await fan('PUT', `/api/watchlist/${film.id}`)).status < 300)
    await page.goto(stage.url('/watchlist'))
    await page.getByRole('link', { name: film.title }).first().click()
    const toggle = (pressed: boolean) => page.getByRole('button', { name: 'Watchlist', pressed })
    await toggle(true).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: `Take off ${film.title}` }).click()
    await until(async () => (await fan('GET', `/api/watchlist/${film.id}`)).body.listed === false)
    await page.getByRole('link', { name: film.title }).first().click()
    await toggle(false).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await toggle(true).count()).toBe(0)
  }, 60_000)

  it('a form that was opened before another window changed the evening takes nothing back, and says so', async () => {
    const { page, fan } = await visitNew(stage, 'Twice')
    const film = await filmCalled(stage, 'Jaws')
    const { body } = await fan('POST', '/api/diary', { body: { ...evening, movieId: film.id, note: 'Wet.' } })
    await page.goto(stage.url('/diary'))
    await page.getByRole('button', { name: `Change the evening with ${film.title}` }).click()
    await page.getByRole('textbox', { name: 'Tags' }).fill('sea')
    const changed = await fan('PATCH', `/api/diary/${body.id}`, {
      body: { note: 'Dry.' },
      headers: { 'if-match': `"${body.version}"` },
    })
    expect(changed.status).toBe(200)
    // Back from a tunnel, the page reads its lists anew.
    await page.evaluate(`for (const name of ['offline', 'online']) dispatchEvent(new Event(name))`)
    await page.getByText('Dry.').waitFor()
    await page.getByRole('button', { name: 'Into the diary' }).click()
    await page.getByText('You changed this somewhere else meanwhile').waitFor()
    const { items } = (await fan('GET', '/api/diary')).body
    expect(items).toMatchObject([{ note: 'Dry.', tags: [] }])
  }, 60_000)

  it('a review begun by one is not shown to whoever logs in next in the same tab', async () => {
    const { page } = await visitNew(stage, 'First')
    const film = await filmCalled(stage, 'Jaws')
    const words = page.getByRole('textbox', { name: 'Your review' })
    const open = async () => {
      await page.goto(stage.url(`/films/${film.id}`), { waitUntil: 'networkidle' })
      await page.getByRole('button', { name: 'Write a review' }).click()
      await words.waitFor()
    }
    await open()
    await words.fill('Nobody else’s.')
    // The session ends by itself, without a press on "log out".
    await page.context().clearCookies()
    const { fan } = await visitNew(stage, 'Second')
    await page.context().request.post(stage.url('/api/auth/login'), {
      data: { email: fan.email, password: 'a password for tests' },
      headers: { origin: stage.marquee().origin },
    })
    await open()
    expect(await words.inputValue()).toBe('')
  }, 60_000)

  it('the keyboard stays where something was written, changed or deleted, and it is said', async () => {
    const { page } = await visitNew(stage, 'Keys')
    await listen(page)
    const film = await filmCalled(stage, 'Vertigo')
    await page.goto(stage.url(`/films/${film.id}`), { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Seen it' }).press('Enter')
    await page.getByRole('textbox', { name: 'Note' }).fill('High.')
    await page.getByRole('button', { name: 'Into the diary' }).press('Enter')
    await isOn(page, 'id', 'seen-it')
    await page.getByRole('radio', { name: '3 stars', exact: true }).press('Space')
    await page.getByRole('button', { name: 'Undo' }).press('Enter')
    await isOn(page, 'id', 'my-stars')

    await page.goto(stage.url('/diary'))
    const change = page.getByRole('button', { name: `Change the evening with ${film.title}` })
    await change.press('Enter')
    await page.getByRole('button', { name: 'Cancel' }).press('Enter')
    await until(async () => (await change.and(page.locator(':focus')).count()) === 1)
    await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Delete it' }).press('Enter')
    await isOn(page, 'id', 'yours-title')
    await until(async () => (await heard(page)).includes(`The evening with ${film.title} is deleted.`))
  }, 90_000)
})
