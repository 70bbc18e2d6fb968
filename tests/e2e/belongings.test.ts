import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Ask, client } from '../harness/client.ts'
import { made, newcomer, until } from '../harness/house.ts'
import { filmCalled, visitAs, visitNew } from './fans.ts'
import { faultsOf } from './judge.ts'
import { journeys } from './stage.ts'

journeys('what a person keeps, in a browser', (stage) => {
  it('an evening in the diary becomes a review that says its day, and is found again from the diary', async () => {
    const { page, fan } = await visitNew(stage, 'Diarist')
    const film = await filmCalled(stage, 'Vertigo')
    await fan('POST', '/api/diary', {
      body: { movieId: film.id, watchedOn: '2026-02-03' },
      headers: { 'idempotency-key': 'the evening with the tower' },
    })
    await page.goto(stage.url('/diary'))
    await page.getByRole('button', { name: 'Write a review of the evening with Vertigo' }).click()
    await page.getByRole('textbox', { name: 'Your review' }).fill('The tower again.')
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('link', { name: 'Read the review' }).click()
    const review = page.getByRole('article', { name: 'Diarist on Vertigo' })
    await review.getByText('Seen on 3 February 2026').waitFor()
    const shown = async () =>
      (await client(stage.marquee().origin)('GET', `/films/${film.id}?reviews=newest`)).text
    await until(async () => (await shown()).includes('Seen on 3 February 2026'))
  }, 90_000)

  it('an older review is found by its link, a long thread shows what is said now, and all notices are read at once', async () => {
    const { page, fan } = await visitNew(stage, 'Elder')
    const other = await newcomer(stage.marquee().origin, 'Chatter')
    const film = await filmCalled(stage, 'Rear Window')
    const write = async (who: Ask, body: string) => {
      const viewing = { movieId: film.id, watchedOn: '2026-02-03' }
      const { id: diaryId } = await made(who('POST', '/api/diary', { body: viewing }))
      return made(who('POST', `/api/movies/${film.id}/reviews`, { body: { body, diaryId } }))
    }
    const review = await write(fan, 'The camera first.')
    for (let later = 0; later < 11; later += 1) await write(other, `Later ${later}.`)
    for (let said = 0; said < 32; said += 1)
      await made(other('POST', `/api/reviews/${review.id}/comments`, { body: { body: `Word ${said}.` } }))

    const reader = await visitAs(stage, 'bob@marquee.example')
    const { handle } = (await fan('GET', '/api/me')).body
    await reader.goto(stage.url(`/people/${handle}`))
    await reader.getByRole('link', { name: 'Read the review' }).click()
    const found = reader.getByRole('article', { name: 'Elder on Rear Window' })
    await found.getByText('The camera first.').waitFor()
    await found.getByRole('button', { name: '32 comments' }).click()
    await found.getByText('Word 19.').waitFor()
    await found.getByRole('textbox', { name: 'Your comment' }).fill('And the window?')
    await found.getByRole('button', { name: 'Say it' }).click()
    await found.getByText('And the window?').and(reader.locator('p')).waitFor()
    await found.getByRole('button', { name: 'More comments' }).click()
    await found.getByText('Word 31.').waitFor()
    expect(await found.getByText('And the window?').count()).toBe(1)

    const unread = async () => Number((await fan('GET', '/api/notifications')).body.unread)
    await until(async () => (await unread()) === 33)
    await page.goto(stage.url('/notifications'))
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await page.getByRole('main').getByText('All read').waitFor()
    await until(async () => (await unread()) === 0)
  }, 120_000)

  it('what is liked stands in the diary, and a form left open in another window saves nothing over it', async () => {
    const { page, fan } = await visitNew(stage, 'Twofold')
    const film = await filmCalled(stage, 'Vertigo')
    const viewing = { movieId: film.id, watchedOn: '2026-02-03', stars: 4 }
    const { id } = await made(fan('POST', '/api/diary', { body: viewing }))
    const kept = async () => {
      const { body } = await fan('GET', '/api/diary')
      return (body.items as { liked: boolean; note: string }[])[0]
    }
    await page.goto(stage.url('/diary'))
    const change = page.getByRole('button', { name: 'Change the evening with Vertigo' })
    await change.click()
    await page.getByRole('checkbox', { name: 'I liked it' }).check()
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Into the diary' }).click()
    await page.getByText('liked', { exact: true }).waitFor()
    expect(await kept()).toMatchObject({ liked: true })

    await change.click()
    await page.getByRole('textbox', { name: 'Note' }).fill('From this window.')
    await made(fan('PATCH', `/api/diary/${id}`, { body: { note: 'From the other.' } }))
    await page.getByRole('button', { name: 'Into the diary' }).click()
    await page.getByText('You changed this somewhere else meanwhile').waitFor()
    expect(await kept()).toMatchObject({ note: 'From the other.' })

    const review = await made(fan('POST', `/api/movies/${film.id}/reviews`, { body: { body: 'The tower.' } }))
    await page.goto(stage.url(`/films/${film.id}?reviews=newest`))
    const mine = page.getByRole('article', { name: 'Twofold on Vertigo' })
    await mine.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByRole('textbox', { name: 'Your review' }).fill('The stairs.')
    await made(fan('PATCH', `/api/reviews/${review.id}`, { body: { body: 'The bell.' } }))
    await page.getByRole('button', { name: 'Keep the changes' }).click()
    await page.getByText('You changed this somewhere else meanwhile').waitFor()
    expect((await fan('GET', `/api/reviews/${review.id}`)).body).toMatchObject({ body: 'The bell.' })
  }, 90_000)

  it('a name and a text from right to left stand in their places, and turn nothing around them', async () => {
    const { page, fan } = await visitNew(stage, 'Reader')
    const film = await filmCalled(stage, 'Vertigo')
    await fan('PATCH', '/api/me', { body: { name: 'אבי (כהן)' } })
    await until(async () => {
      const { body } = await fan('GET', `/api/people/${(await fan('GET', '/api/me')).body.handle}`)
      return body.name === 'אבי (כהן)'
    })
    await fan('POST', `/api/movies/${film.id}/reviews`, {
      body: { title: 'גובה', body: 'המגדל, שוב.' },
      headers: { 'idempotency-key': 'the tower from the right' },
    })
    await page.goto(stage.url(`/films/${film.id}?reviews=newest`), { waitUntil: 'networkidle' })
    const review = page.getByRole('article', { name: /אבי/ })
    const box = async (text: string | RegExp) => {
      const at = await review.getByText(text).first().boundingBox()
      if (!at) throw new Error(`${text} is not to be seen`)
      return at
    }
    expect((await box('אבי (כהן)')).x).toBeLessThan((await box(/\d{4}$/)).x)
    expect(await review.getByText('המגדל, שוב.').getAttribute('dir')).toBe('auto')
    expect(await review.getAttribute('aria-label')).toBe('\u2068אבי (כהן)\u2069 on Vertigo')
  }, 90_000)

  it('everything kept about a person is saved as a file, and a failure is told instead of saved', async () => {
    const { page, fan } = await visitNew(stage, 'Leaver')
    await page.goto(stage.url('/account'))
    const everything = page.getByRole('link', { name: 'Everything kept about you, as JSON' })
    const saved = page.waitForEvent('download')
    await everything.click()
    const file = await saved
    expect(file.suggestedFilename()).toBe('marquee-data.json')
    expect(JSON.parse(readFileSync(await file.path(), 'utf8')).user.email).toBe(fan.email)
    await page.getByText('Saved', { exact: true }).waitFor()
    for (const form of [
      'As Letterboxd exports it',
      'Ratings as IMDb exports them',
      'What you wrote, as JSON',
    ])
      await page.getByRole('link', { name: form }).waitFor()

    await page.route('**/api/me/export', (route) => route.fulfill({ status: 503, json: { code: 'busy' } }))
    let files = 0
    page.on('download', () => {
      files += 1
    })
    await everything.click()
    await page.getByText('It did not come.').waitFor()
    expect(files).toBe(0)
    expect(await faultsOf(page)).toEqual([])

    await page.unroute('**/api/me/export')
    const partly = { missing: [{ part: 'orders', reason: 'unavailable' }] }
    await page.route('**/api/me/export', (route) => route.fulfill({ status: 200, json: partly }))
    await everything.click()
    await page.getByText('is not in the file: orders.').waitFor()
  }, 90_000)
})
