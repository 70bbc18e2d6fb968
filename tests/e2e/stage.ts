import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { client } from '../harness/client.ts'
import { made } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { hasBrowser, openBrowser } from './browser.ts'

const patience = 30_000

export type Visit = { page: Page; context: BrowserContext; complaints: string[] }
export type ShowOnSale = {
  id: string
  seatsLeft: number
  movieId: string
  theaterId: string
  screenId: string
  startsAt: string
  day: string
}
export type Seat = { seatId: string; row: string; number: string }
export type Stage = {
  marquee: () => Marquee
  url: (path: string) => string
  /** A browser of its own, with what its console complained about. */
  visit: (options?: BrowserContextOptions) => Promise<Visit>
  /** A show with room for everybody, and hours to go. */
  bigShow: () => Promise<ShowOnSale>
}

/** Journeys through one running Marquee in real browsers; skipped, and said so, where there is no Chromium. */
export function journeys(title: string, tell: (stage: Stage) => void): void {
  if (!hasBrowser) console.log(`not tested: ${title}, there is no Chromium on this machine`)
  describe.skipIf(!hasBrowser)(title, () => {
    let marquee: Marquee
    let browser: Browser
    beforeAll(async () => {
      const started = await startMarquee({ MARQUEE_LIMITS: 'off' })
      // By the name it tells others: the bank sends people back there.
      marquee = { ...started, origin: started.origin.replace('127.0.0.1', 'localhost') }
      browser = await openBrowser()
    }, 120_000)
    afterAll(async () => {
      await browser?.close()
      await marquee?.remove()
    })
    tell({
      marquee: () => marquee,
      url: (path) => `${marquee.origin}${path}`,
      visit: (options) => openVisit(browser, options),
      bigShow: async () => {
        const { body } = await client(marquee.origin)('GET', '/api/shows?limit=100')
        const inHours = Date.now() + 3 * 3_600_000
        const show = (body.items as ShowOnSale[]).find(
          (one) => one.seatsLeft > 100 && Date.parse(one.startsAt) > inHours,
        )
        if (!show) throw new Error('the demo has no large show')
        return show
      },
    })
  })
}

async function openVisit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  return { page, context, complaints }
}

/** From the seat map to a held order, by the quickest way; `email` for guests. */
export async function holdBestSeats(page: Page, showUrl: string, email?: string): Promise<void> {
  await page.goto(showUrl)
  await page.getByRole('button', { name: 'Best seats for me' }).click()
  if (email) await page.getByRole('textbox', { name: 'E-mail' }).fill(email)
  await page.getByRole('button', { name: 'Hold the best seats' }).click()
  await page.getByRole('textbox', { name: 'Card number' }).waitFor()
}

export async function pay(page: Page, card: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Card number' }).fill(card)
  await page.getByRole('button', { name: /^Pay/ }).click()
}

/** One press on the ribbon instead of a password; done when the page knows who it is. */
export async function become(page: Page, who: 'Alice' | 'the usher' | 'the owner'): Promise<void> {
  await page.getByRole('button', { name: who, exact: true }).click()
  await page.getByRole('button', { name: 'Be nobody' }).waitFor()
}

export const ticketsAreHere = (page: Page) => page.getByRole('heading', { name: /^See you/ }).waitFor()

type OrderRead = {
  number: string
  status: string
  seats: Seat[]
  tickets: { id: string; seatId: string; code: string; status: string }[]
}

/** The order whose page this is, as its keeper's browser may read it. */
export async function orderOf(page: Page): Promise<OrderRead> {
  const orderId = /\/orders\/([\w-]+)/.exec(page.url())?.[1]
  return page.evaluate(async (id) => (await fetch(`/api/orders/${id}`)).json(), orderId) as Promise<OrderRead>
}

/** The first of these that the house lets go alone. */
export async function somebodyTakesOneOf(
  origin: string,
  showId: string,
  seatIds: readonly string[],
): Promise<string> {
  for (const seatId of seatIds) {
    const body = { showId, email: 'other@example.org', seats: [{ seatId, ticketType: 'adult' }] }
    if ((await client(origin)('POST', '/api/orders', { body })).status === 201) return seatId
  }
  throw new Error('no seat can be taken alone')
}

/** Somebody else takes these seats, or one of the best. */
export const somebodyTakes = (
  origin: string,
  showId: string,
  seatIds?: string[],
): Promise<{ seats: Seat[] }> =>
  made<{ seats: Seat[] }>(
    client(origin)('POST', '/api/orders', {
      body: {
        showId,
        email: 'other@example.org',
        ...(seatIds
          ? { seats: seatIds.map((seatId) => ({ seatId, ticketType: 'adult' })) }
          : { bestAvailable: { tickets: [{ ticketType: 'adult', count: 1 }] } }),
      },
    }),
  )
