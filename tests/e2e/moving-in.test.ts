import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { until } from '../harness/house.ts'
import { visitNew } from './fans.ts'
import { faultsOf } from './judge.ts'
import { journeys, type Stage } from './stage.ts'

const rows = Array.from({ length: 60 }, (_, at) => `2024-03-02,Qxzv ${at + 100} Wkjq,1931,x,3`)
const file = `Date,Name,Year,Letterboxd URI,Rating\n${rows.join('\n')}\n2024-03-03,"Open,1931,x,3\n`

journeys('moving in with films that nobody knows', (stage) => {
  it('nothing is searched for unasked; what is left out is said, not asked again, and can be changed', async () => {
    const { page } = await visitNew(stage, 'Mover')
    const searched: string[] = []
    page.on('request', (request) => {
      const { pathname, search } = new URL(request.url())
      if (/^\/api\/(movies\/suggest|theaters)$/.test(pathname)) searched.push(`${pathname}${search}`)
    })
    await bring(stage, page)
    await page.getByRole('heading', { name: '60 films to settle' }).waitFor()
    const fields = page.getByRole('searchbox', { name: /^Which film is/ })
    await fields.first().waitFor()
    expect(await fields.count()).toBe(50)
    await page.getByText('One line was left out').click()
    await page.getByText('A quotation mark is opened here and never closed.').waitFor()
    await page.waitForLoadState('networkidle')
    expect(searched).toEqual([])
    await fields.first().focus()
    await until(async () => searched.length > 0)
    expect(searched.every((one) => one.startsWith('/api/movies/suggest?'))).toBe(true)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await fields.nth(59).waitFor()
    expect(await faultsOf(page)).toEqual([])

    await page.getByRole('button', { name: 'Leave all of them out' }).click()
    await page.getByRole('heading', { name: '60 films are left out, as you said' }).waitFor()
    await bring(stage, page)
    await page.getByRole('heading', { name: '60 films are left out, as you said' }).waitFor()
    expect(await page.getByRole('heading', { name: /films? to settle|Nothing was written/ }).count()).toBe(0)
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Say which they are' }).click()
    const first = page.getByRole('group', { name: /^Qxzv 100/ })
    await first.getByRole('searchbox').fill('casablanca')
    await first.getByRole('radio', { name: /Casablanca/ }).check()
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Bring in what is settled' }).click()
    await page.getByText('1 rating', { exact: true }).waitFor()
    await page.getByRole('heading', { name: '59 films are left out, as you said' }).waitFor()
  }, 120_000)
})

async function bring(stage: Stage, page: Page): Promise<void> {
  await page.goto(stage.url('/import'))
  const upload = { name: 'ratings.csv', mimeType: 'text/csv', buffer: Buffer.from(file) }
  await page.getByLabel('File').setInputFiles(upload)
  await page.getByRole('button', { name: 'Bring it in' }).click()
  await page.waitForURL(/\/import\/./)
}
