import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import { inDays, made, newcomer, openHouse, openShow, until } from '../harness/house.ts'
import { type Film, filmCalled, visitAs, visitNew } from './fans.ts'
import { faultsOf } from './judge.ts'
import { focused, heard, listen, tabTo } from './keyboard.ts'
import { journeys, type Stage } from './stage.ts'

journeys('the community in a browser', (stage) => {
  it('a guest’s stars wait for them to log in; arrow keys walk by halves, and undo brings back what was', async () => {
    const { page, complaints } = await stage.visit()
    await listen(page)
    const film = await filmCalled(stage, 'Casablanca')
    await page.goto(stage.url(`/films/${film.id}`), { waitUntil: 'networkidle' })
    await tabTo(page, star(page, '½ star'))
    for (let presses = 0; presses < 7; presses += 1) await page.keyboard.press('ArrowRight')
    await page.getByText('Your stars: 4', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Log in to keep them' }).press('Enter')
    await page.getByRole('textbox', { name: 'E-mail' }).fill('bob@marquee.example')
    await page.getByRole('textbox', { name: 'Password' }).fill('marquee-demo')
    await page.getByRole('button', { name: 'Log in' }).click()

    const bob = await person(stage.marquee().origin, 'bob@marquee.example')
    const kept = async () => (await bob('GET', `/api/movies/${film.id}/rating`)).body.stars
    await until(async () => (await kept()) === 4)
    expect(new URL(page.url()).pathname).toBe(`/films/${film.id}`)
    expect(await star(page, '4 stars').isChecked()).toBe(true)

    const fives = page.getByRole('listitem').filter({ hasText: /^5 of 5 stars:/ })
    const howMany = async () => Number(/: (\d+)/.exec((await fives.textContent()) ?? '')?.[1])
    const before = await howMany()
    await star(page, '4 stars').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await until(async () => (await kept()) === 5)
    await until(async () => (await heard(page)).includes('5 stars given.'))
    expect(await howMany()).toBe(before + 1)
    const counted = await page.getByText(/^from (one|\d+) ratings?$/).textContent()
    expect(await page.getByText(/ of 5 from /).textContent()).toContain(counted)
    await page.getByRole('button', { name: 'Undo' }).click()
    await until(async () => (await kept()) === 4)
    await page.getByRole('button', { name: 'Take back' }).click()
    await until(async () => (await kept()) === null)
    expect(complaints.filter((one) => !one.includes('401'))).toEqual([])
  }, 90_000)

  it('a review’s spoiler is closed until asked for; a report leads a moderator to hide it, and to show it again', async () => {
    const film = await filmCalled(stage, 'Jaws')
    const writer = await visitAs(stage, 'alice@marquee.example')
    await writer.goto(stage.url(`/films/${film.id}`), { waitUntil: 'networkidle' })
    await writer.getByRole('button', { name: 'Write a review' }).click()
    const words = writer.getByRole('textbox', { name: 'Your review' })
    await words.fill('The shark <b>loses</b>.\nThe boat too.')
    await writer.reload({ waitUntil: 'networkidle' })
    await writer.getByRole('button', { name: 'Write a review' }).click()
    await words.waitFor()
    expect(await words.inputValue()).toBe('The shark <b>loses</b>.\nThe boat too.')
    await writer.getByRole('checkbox', { name: 'It gives the story away' }).check()
    await writer.getByRole('button', { name: 'Publish' }).click()
    await writer.getByText('The shark <b>loses</b>.').waitFor({ state: 'attached' })
    const mine = writer.getByRole('article', { name: `Alice on ${film.title}` })
    await mine.and(writer.locator(':focus')).waitFor()
    await writer.getByRole('button', { name: 'Change', exact: true }).click()
    await writer.getByRole('textbox', { name: 'Heading, if you like' }).fill('Do not swim')
    await writer.getByRole('button', { name: 'Keep the changes' }).click()
    await writer.getByText('changed since').waitFor()
    await mine.and(writer.locator(':focus')).waitFor()

    const reader = await visitAs(stage, 'bob@marquee.example')
    await reader.goto(stage.url(`/films/${film.id}`), { waitUntil: 'networkidle' })
    const review = reader.getByRole('article', { name: `Alice on ${film.title}` })
    const text = review.getByText('The shark <b>loses</b>.')
    expect(await text.isVisible()).toBe(false)
    const ask = review.getByRole('button', { name: 'Read it all the same' })
    expect(await ask.getAttribute('aria-expanded')).toBe('false')
    await ask.press('Enter')
    await text.waitFor()
    await review.getByRole('button', { name: 'Like' }).click()
    await review.getByRole('button', { name: 'Like (1)', pressed: true }).waitFor()
    await review.getByRole('button', { name: 'Comment' }).click()
    await review.getByRole('textbox', { name: 'Your comment' }).fill('I swim all the same.')
    await review.getByRole('button', { name: 'Say it' }).click()
    await review.getByText('I swim all the same.').and(reader.locator('p')).waitFor()
    await review.getByRole('button', { name: '1 comment' }).waitFor()
    const report = review.getByRole('button', { name: 'Report' }).first()
    await report.click()
    await reader.getByRole('radio', { name: 'It insults somebody' }).check()
    await reader.getByRole('textbox', { name: 'In your words' }).fill('Sharks.')
    expect(await faultsOf(reader)).toEqual([])
    await reader.getByRole('button', { name: 'Send to the moderators' }).click()
    await reader.getByRole('button', { name: 'Back to the film' }).click()

    const moderator = await visitAs(stage, 'admin@marquee.example')
    await moderator.goto(stage.url('/moderation'))
    const reported = moderator.getByRole('article', { name: `Review of ${film.title}` })
    await reported.getByText('It insults somebody. Sharks.').waitFor()
    expect(await faultsOf(moderator)).toEqual([])
    await reported.getByRole('button', { name: 'Hide it' }).click()
    await reported.getByText('It is hidden.').waitFor()
    const shown = async () => (await client(stage.marquee().origin)('GET', `/films/${film.id}`)).text
    await until(async () => !(await shown()).includes('Do not swim'))
    await reported.getByRole('button', { name: 'Show it again' }).click()
    await reported.getByText('It stays.').waitFor()
    await until(async () => (await shown()).includes('Do not swim'))
    expect(await shown()).toContain('The shark &lt;b&gt;loses&lt;/b&gt;.')

    await writer.getByRole('button', { name: 'Delete', exact: true }).click()
    await writer.getByRole('button', { name: 'Delete it' }).click()
    await writer.getByRole('button', { name: 'Write a review' }).waitFor()
  }, 120_000)

  it('a film put on the watchlist gets a show, and its notice waits in the header', async () => {
    const origin = stage.marquee().origin
    const { page, fan } = await visitNew(stage, 'Watchlist')
    const film = await filmWithoutShows(stage)
    await page.goto(stage.url(`/films/${film.id}`), { waitUntil: 'networkidle' })
    const toggle = page.getByRole('button', { name: 'Watchlist' })
    await toggle.press('Space')
    await page.getByRole('button', { name: 'Watchlist', pressed: true }).waitFor()
    await until(async () => (await fan('GET', `/api/watchlist/${film.id}`)).body.listed === true)

    const owner = await newcomer(origin, 'House')
    const other = await filmCalled(stage, 'Vertigo')
    const house = await openHouse(owner, { movieId: other.id })
    await openShow(owner, house.id, {
      screenId: house.screenId,
      priceCardId: house.priceCardId,
      movieId: film.id,
      localStart: `${inDays(9)}T20:00`,
    })
    await until(async () => Number((await fan('GET', '/api/notifications')).body.unread) > 0)
    await page.goto(stage.url('/watchlist'))
    await page.getByRole('link', { name: film.title }).first().waitFor()
    await page.getByRole('link', { name: /unread notice/ }).click()
    const notice = page.getByRole('listitem').filter({ hasText: film.title })
    await notice.getByText('New', { exact: true }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await notice.getByRole('button', { name: /Mark as read/ }).click()
    await page.getByText('All read').waitFor()
    await page.getByRole('link', { name: /unread notice/ }).waitFor({ state: 'detached' })
    await notice.getByRole('link').click()
    await page.waitForURL(/\/(films|shows)\//)

    await page.goto(stage.url('/watchlist'))
    await page.getByRole('button', { name: `Take off ${film.title}` }).click()
    await page.getByRole('button', { name: `Put back ${film.title}` }).waitFor()
    await until(async () => (await fan('GET', `/api/watchlist/${film.id}`)).body.listed === false)
    // An empty watchlist would speak of that instead, once it is read again on the way back.
    await page.getByRole('button', { name: `Put back ${film.title}` }).click()
    await until(async () => (await fan('GET', `/api/watchlist/${film.id}`)).body.listed === true)

    await page.getByText('so you are told of new shows everywhere').waitFor()
    await page.getByRole('link', { name: 'Say where near is' }).click()
    await page.getByRole('combobox', { name: 'Place' }).selectOption({ index: 1 })
    await until(async () => (await fan('GET', '/api/me/home')).body.home !== null)
    await page.goBack()
    await page.getByRole('link', { name: 'Where near is' }).waitFor()
  }, 120_000)

  it('somebody moves in with a Letterboxd file, settles a doubtful film by keyboard, and a second time nothing changes', async () => {
    const { page } = await visitNew(stage, 'Mover')
    const bring = async () => {
      await page.goto(stage.url('/import'))
      await page.getByLabel('File').setInputFiles({
        name: 'diary.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(letterboxd),
      })
      await page.getByRole('button', { name: 'Bring it in' }).click()
      await page.waitForURL(/\/import\/./)
    }
    await bring()
    await page.getByRole('heading', { name: 'Nearly there' }).waitFor({ timeout: 30_000 })
    await page.getByText('1 evening in the diary').waitFor()
    await page.getByText('One line was left out').click()
    const skipped = page.getByRole('row').filter({ hasText: 'The stars are no stars.' })
    expect(await skipped.getByRole('cell').allTextContents()).toEqual([
      'diary.csv',
      '4',
      'The stars are no stars. 7',
    ])
    const doubtful = page.getByRole('group', { name: /^Dune/ })
    const [candidate] = await doubtful.getByRole('radio').all()
    if (!candidate) throw new Error('nothing to choose from')
    expect(await faultsOf(page)).toEqual([])
    await tabTo(page, candidate)
    await page.keyboard.press('Space')
    await page.getByText('1 of 1 settled').waitFor()
    await page.getByRole('button', { name: 'Bring in what is settled' }).press('Enter')
    await page.getByRole('heading', { name: 'You have moved in' }).waitFor({ timeout: 30_000 })
    await page.getByText('2 evenings in the diary').waitFor()

    await bring()
    await page.getByRole('heading', { name: 'Nothing changed' }).waitFor({ timeout: 30_000 })
    await page.goto(stage.url('/diary'))
    await page.getByRole('heading', { name: 'February 2024' }).waitFor()
    await page.getByRole('link', { name: 'Barbie' }).waitFor()
    await page.getByText('seen again, imax, loud').waitFor()
    expect(await faultsOf(page)).toEqual([])
    const taken = page.waitForEvent('download')
    await page.goto(stage.url('/import'))
    await page.getByRole('link', { name: 'Ratings as IMDb exports them' }).click()
    const path = await (await taken).path()
    expect(readFileSync(path, 'utf8')).toContain('Barbie')
  }, 120_000)

  it('the search answers while one types, by keyboard alone, and without JavaScript', async () => {
    const { page, complaints } = await stage.visit()
    await listen(page)
    await page.goto(stage.url('/'), { waitUntil: 'networkidle' })
    const field = page.getByRole('combobox', { name: 'Film, person or theater' })
    await tabTo(page, field)
    await page.keyboard.type('casablnca', { delay: 20 })
    const option = page.getByRole('option', { name: /Casablanca/ })
    await option.waitFor()
    await until(async () => (await heard(page)).some((said) => /suggestion/.test(said)))
    expect(await field.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('ArrowDown')
    expect(await focused(page, 'aria-activedescendant')).toBe(await option.getAttribute('id'))
    expect(await faultsOf(page)).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await field.focus()
    await page.keyboard.press('ArrowDown')
    await option.waitFor()
    await page.keyboard.press('Escape')
    await option.waitFor({ state: 'hidden' })
    await page.keyboard.press('ArrowDown')
    await option.waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Casablanca' }).waitFor()
    await tabTo(page, field)
    await page.keyboard.type('hitchcock')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/search\?q=hitchcock/)
    await page.getByRole('link', { name: 'Vertigo' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    expect(complaints).toEqual([])

    const { page: plain } = await stage.visit({ javaScriptEnabled: false })
    await plain.goto(stage.url('/search'))
    await plain.getByRole('combobox', { name: 'Film, person or theater' }).fill('berlin')
    await plain.getByRole('button', { name: 'Search' }).click()
    await plain.getByRole('heading', { name: 'Theaters' }).waitFor()
  }, 90_000)

  it('what is searched for by its whole title comes first on the page, however short the title', async () => {
    const { page } = await stage.visit({ javaScriptEnabled: false })
    const film = await filmCalled(stage, 'M')
    const first = () => page.locator('main a[href^="/films/"]').first().getAttribute('href')
    for (const path of ['/search?q=M', '/films?q=M']) {
      await page.goto(stage.url(path))
      expect(await first(), path).toBe(`/films/${film.id}`)
    }
    await page.goto(stage.url('/films'))
    await page.getByRole('searchbox', { name: 'Title' }).fill('M')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.waitForURL(/q=M/)
    expect(await first()).toBe(`/films/${film.id}`)
    await page.getByRole('combobox', { name: 'Order' }).selectOption('Most wanted')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.waitForURL(/sort=popular/)
    expect(await first()).not.toBe(`/films/${film.id}`)
  }, 60_000)

  it('every page of the community is whole and readable', async () => {
    const page = await visitAs(stage, 'alice@marquee.example')
    const alice = await person(stage.marquee().origin, 'alice@marquee.example')
    await furnish(stage, alice)
    const found: string[] = []
    for (const path of [
      '/',
      '/account',
      '/watchlist',
      '/diary',
      '/feed',
      '/notifications',
      '/import',
      '/people/alice',
      '/people/alice/followers',
      '/search?q=the&year=1942',
      '/search?q=nothing+like+that+at+all',
    ]) {
      await page.goto(stage.url(path), { waitUntil: 'networkidle' })
      found.push(...(await faultsOf(page)))
    }
    expect(found).toEqual([])
    await page.goto(stage.url('/diary'))
    await page.getByRole('button', { name: 'Change the evening with Casablanca' }).click()
    await page.getByRole('textbox', { name: 'Note' }).fill('Again, of all places.')
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Into the diary' }).click()
    await page.getByText('Again, of all places.').and(page.locator('p')).waitFor()
  }, 240_000)
})

const letterboxd = `Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date
2024-03-01,Barbie,2023,https://boxd.it/a,4,,,2024-02-28
2024-03-02,Dune,1999,https://boxd.it/b,4.5,Yes,"imax, loud",2024-02-27
2024-03-04,Amelie,2001,https://boxd.it/d,7,,,2024-03-03
`

const star = (page: Page, name: string): Locator => page.getByRole('radio', { name, exact: true }).first()

async function filmWithoutShows(stage: Stage): Promise<Film> {
  const ask = client(stage.marquee().origin)
  const { body } = await ask('GET', '/api/movies?limit=100&sort=title')
  for (const film of body.items as Film[])
    if (((await ask('GET', `/api/shows?movieId=${film.id}`)).body.items as unknown[]).length === 0)
      return film
  throw new Error('every film of the demo has a show')
}

/** Something of everything, so that no page is judged empty. */
async function furnish(stage: Stage, alice: Ask): Promise<void> {
  const film = await filmCalled(stage, 'Casablanca')
  const body = { movieId: film.id, watchedOn: '2026-10-03', stars: 4.5, tags: ['35mm'], note: 'Rain.' }
  await made(
    alice('POST', '/api/diary', { body, headers: { 'idempotency-key': 'one evening at the pictures' } }),
  )
  await alice('PUT', `/api/watchlist/${film.id}`)
  await made(
    alice('POST', `/api/movies/${film.id}/reviews`, {
      body: { title: 'Here is looking', body: 'Of all the films, this one.', spoiler: false },
      headers: { 'idempotency-key': 'one review of one film' },
    }),
  )
  const fan = await newcomer(stage.marquee().origin, 'Fan')
  await fan('PUT', '/api/people/alice/follow')
  await until(async () => Number((await alice('GET', '/api/people/alice')).body.followers) > 0)
}
