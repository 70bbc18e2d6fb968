import AxeModule from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { client } from '../harness/client.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { hasBrowser, openBrowser } from './browser.ts'

let marquee: Marquee
let browser: Browser
const patience = 15_000

if (!hasBrowser) console.log('not tested: browser journeys, there is no Chromium on this machine')

describe.skipIf(!hasBrowser)('in a browser', () => {
  beforeAll(async () => {
    marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
    browser = await openBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await marquee?.remove()
  })

  const visit = async (
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    context.setDefaultTimeout(patience)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    return { page, context, complaints }
  }
  const bigShow = async () => {
    const { body } = await client(marquee.origin)('GET', '/api/shows?limit=100')
    const shows = body.items as { id: string; seatsLeft: number; movieId: string; theaterId: string }[]
    const show = shows.find((one) => one.seatsLeft > 100)
    if (!show) throw new Error('the demo has no large show')
    return show
  }
  const holdBestSeats = async (page: Page, showId: string, email: string) => {
    await page.goto(`${marquee.origin}/shows/${showId}`)
    await page.getByRole('button', { name: 'Best seats for me' }).click()
    await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
    await page.getByRole('button', { name: 'Hold the best seats' }).click()
    await page.getByRole('textbox', { name: 'Card number' }).waitFor()
  }
  const pay = async (page: Page, card: string) => {
    await page.getByRole('textbox', { name: 'Card number' }).fill(card)
    await page.getByRole('button', { name: /^Pay/ }).click()
  }

  it('somebody finds a film, books, gets a ticket, and is admitted exactly once', async () => {
    const { page, context, complaints } = await visit()
    await page.goto(marquee.origin)
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    const show = await bigShow()
    await page.goto(`${marquee.origin}/films/${show.movieId}`)
    await page.locator(`a[href*="/shows/${show.id}"]`).first().click()
    await page.getByRole('button', { name: 'Best seats for me' }).waitFor()
    await holdBestSeats(page, show.id, 'guest@example.org')
    await pay(page, '4242424242424242')
    await page.getByRole('heading', { name: /See you/ }).waitFor()
    const orderId = /\/orders\/([\w-]+)/.exec(page.url())?.[1]
    const order = (await page.evaluate(async (id) => (await fetch(`/api/orders/${id}`)).json(), orderId)) as {
      status: string
      tickets: { code: string }[]
    }
    expect(order.status).toBe('confirmed')

    const door = await context.newPage()
    await door.goto(marquee.origin)
    await door.getByRole('button', { name: /usher/i }).click()
    await door.getByRole('button', { name: /Be nobody/i }).waitFor()
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
  }, 60_000)

  it('a declined card keeps the seats, and another card pays for them', async () => {
    const { page } = await visit()
    const show = await bigShow()
    await holdBestSeats(page, show.id, 'declined@example.org')
    await pay(page, '4000000000000002')
    await page
      .getByText(/declined/i)
      .first()
      .waitFor()
    await pay(page, '4242424242424242')
    await page.getByRole('heading', { name: /See you/ }).waitFor()
  }, 60_000)

  it('a seat that somebody else takes goes from the map while one looks at it', async () => {
    const show = await bigShow()
    const { page } = await visit()
    await page.goto(`${marquee.origin}/shows/${show.id}`)
    const held = await client(marquee.origin)('POST', '/api/orders', {
      body: {
        showId: show.id,
        bestAvailable: { tickets: [{ ticketType: 'adult', count: 1 }] },
        email: 'other@example.org',
      },
    })
    const [seat] = held.body.seats as { row: string; number: string }[]
    await page
      .locator(`[aria-label^="Row ${seat?.row}, seat ${seat?.number},"][aria-label*="taken"]`)
      .waitFor({ state: 'attached' })
  }, 60_000)

  it('film and theater pages tell their times without JavaScript', async () => {
    const show = await bigShow()
    const { page } = await visit({ javaScriptEnabled: false })
    for (const path of [`/films/${show.movieId}`, `/theaters/${show.theaterId}`]) {
      await page.goto(`${marquee.origin}${path}`)
      expect(await page.locator('a[href*="/shows/"]').count()).toBeGreaterThan(0)
    }
  }, 60_000)

  it('the film page needs less than 200 kB of compressed script, and stays still', async () => {
    const show = await bigShow()
    const { page } = await visit()
    const sizes: Promise<{ responseBodySize: number }>[] = []
    page.on('requestfinished', (request) => {
      if (request.url().endsWith('.js')) sizes.push(request.sizes())
    })
    await page.addInitScript(() => {
      const seen = globalThis as unknown as { shift: number }
      seen.shift = 0
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value
      }).observe({ type: 'layout-shift' as 'mark', buffered: true })
    })
    await page.goto(`${marquee.origin}/films/${show.movieId}`, { waitUntil: 'networkidle' })
    const bytes = (await Promise.all(sizes)).reduce((sum, one) => sum + one.responseBodySize, 0)
    expect(bytes).toBeGreaterThan(10_000)
    expect(bytes).toBeLessThan(200_000)
    expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBeLessThan(0.01)
  }, 60_000)

  it.each([
    ['dark', 1440],
    ['light', 360],
  ] as const)(
    'axe finds nothing and nothing overflows on the public pages, %s at %i px',
    async (colorScheme, width) => {
      const show = await bigShow()
      const { page } = await visit({ colorScheme, viewport: { width, height: 800 } })
      const found: string[] = []
      for (const path of [
        '/',
        '/films',
        `/films/${show.movieId}`,
        '/theaters',
        `/theaters/${show.theaterId}`,
        `/shows/${show.id}`,
        '/login',
        '/register',
        '/orders',
        '/door',
        '/manage',
        '/nothing-here',
      ]) {
        await page.goto(`${marquee.origin}${path}`, { waitUntil: 'networkidle' })
        await page.addScriptTag({ content: AxeModule.source }).catch(() => page.evaluate(AxeModule.source))
        const violations = await page.evaluate(async () => {
          const { axe } = globalThis as unknown as {
            axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
          }
          return (await axe.run()).violations.map((one) => `${one.id}: ${one.nodes[0]?.html.slice(0, 120)}`)
        })
        found.push(...violations.map((one) => `${path} ${one}`))
        const wide = Number(
          await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
        )
        if (wide > 0) found.push(`${path} is ${wide} px too wide`)
      }
      expect(found).toEqual([])
    },
    120_000,
  )
})
