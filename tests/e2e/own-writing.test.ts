import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { newcomer, until } from '../harness/house.ts'
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

  it('half a comment and half a note are still there when their forms are opened again', async () => {
    const { page, fan } = await visitNew(stage, 'Halves')
    const film = await filmCalled(stage, 'Jaws')
    const writer = await newcomer(stage.marquee().origin, 'Talked about')
    const body = { body: 'What a shark.' }
    await until(async () => (await writer('POST', `/api/movies/${film.id}/reviews`, { body })).status < 300)
    await until(
      async () =>
        (await fan('POST', '/api/diary', { body: { ...evening, movieId: film.id, note: 'Wet.' } })).status <
        300,
    )
    await page.goto(stage.url(`/films/${film.id}`), { waitUntil: 'networkidle' })
    const review = page.getByRole('article').filter({ hasText: 'What a shark.' })
    const toggle = review.getByRole('button', { name: /comment/i }).first()
    const comment = page.getByRole('textbox', { name: 'Your comment' })
    await toggle.click()
    await comment.fill('I think that')
    await toggle.click()
    await comment.waitFor({ state: 'detached' })
    await page.reload({ waitUntil: 'networkidle' })
    await toggle.click()
    expect(await comment.inputValue()).toBe('I think that')
    await page.getByRole('button', { name: 'Say it' }).click()
    await page.getByRole('list', { name: 'Comments' }).getByText('I think that').waitFor()
    expect(await comment.inputValue()).toBe('')
    await toggle.click()
    await toggle.click()
    expect(await comment.inputValue()).toBe('')

    await page.goto(stage.url('/diary'))
    const change = page.getByRole('button', { name: `Change the evening with ${film.title}` })
    const note = page.getByRole('textbox', { name: 'Note' })
    await change.click()
    await note.fill('Wet, and')
    await page.getByRole('button', { name: `Write a review of the evening with ${film.title}` }).click()
    await change.click()
    expect(await note.inputValue()).toBe('Wet, and')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await change.click()
    expect(await note.inputValue()).toBe('Wet.')
  }, 90_000)

  it('an evening that moves to another month takes the keyboard along, and stands where its day is', async () => {
    const { page, fan } = await visitNew(stage, 'Mover')
    const [jaws, vertigo] = [await filmCalled(stage, 'Jaws'), await filmCalled(stage, 'Vertigo')]
    for (const [film, watchedOn] of [
      [jaws, '2026-02-20'],
      [vertigo, '2026-01-28'],
    ] as const)
      await until(
        async () =>
          (await fan('POST', '/api/diary', { body: { ...evening, movieId: film.id, watchedOn } })).status <
          300,
      )
    await page.goto(stage.url('/diary'))
    const change = page.getByRole('button', { name: `Change the evening with ${jaws.title}` })
    await change.press('Enter')
    await page.getByLabel('Seen on').fill('2026-01-05')
    await page.getByRole('button', { name: 'Into the diary' }).press('Enter')
    const january = page.getByRole('region', { name: 'January 2026' })
    await january.getByRole('link', { name: jaws.title }).waitFor()
    await until(async () => (await change.and(page.locator(':focus')).count()) === 1)
    expect(await january.getByRole('listitem').locator('.diary-title').allInnerTexts()).toEqual([
      vertigo.title,
      jaws.title,
    ])
  }, 60_000)

  it('whoever narrows a list down goes on where they pressed, and hears how much is shown', async () => {
    const { page } = await stage.visit()
    await listen(page)
    await page.goto(stage.url('/films'), { waitUntil: 'networkidle' })
    await page.getByRole('combobox', { name: 'Order' }).selectOption('title')
    const show = page.getByRole('button', { name: 'Show', exact: true })
    await show.press('Enter')
    await page.waitForURL('**sort=title')
    await until(async () => (await heard(page)).some((said) => said.endsWith('films are shown.')))
    expect(await show.and(page.locator(':focus')).count()).toBe(1)
    const words = page.getByRole('searchbox', { name: 'Title' })
    await words.fill('vertigo')
    await words.press('Enter')
    await page.waitForURL('**q=vertigo**')
    await until(async () => (await heard(page)).includes('One film is shown.'))
    expect(await words.and(page.locator(':focus')).count()).toBe(1)
    await page.goBack()
    await until(async () => (await words.inputValue()) === '')
  }, 60_000)

  it('a press that failed is told where it was pressed, also to those who see', async () => {
    const { page, fan } = await visitNew(stage, 'Unlucky')
    const film = await filmCalled(stage, 'Jaws')
    await until(async () => (await fan('PUT', `/api/watchlist/${film.id}`)).status < 300)
    await page.route('**/api/{watchlist/**,people/*/follow}', (route) =>
      route.request().method() === 'GET' ? route.fallback() : route.abort(),
    )
    const told = page.getByRole('alert').filter({ hasText: 'No connection' })
    await page.goto(stage.url('/people/alice'))
    await page.getByRole('button', { name: 'Follow' }).click()
    await told.waitFor()
    await page.goto(stage.url('/watchlist'))
    await page.getByRole('button', { name: `Take off ${film.title}` }).click()
    await told.waitFor()
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
