import type { Page, Route } from 'playwright-core'
import { expect, it } from 'vitest'
import { advanceService } from '../harness/advance.ts'
import { client } from '../harness/client.ts'
import { made, until } from '../harness/house.ts'
import { filmCalled, visitAs, visitNew } from './fans.ts'
import { holdBestSeats, journeys, orderOf, pay, somebodyTakes, ticketsAreHere } from './stage.ts'

const card = '4242424242424242'

journeys('what comes between', (stage) => {
  it('a network lost while paying is told where one pays, and the same press pays when it is back', async () => {
    const { page, context } = await stage.visit()
    await holdBestSeats(page, stage.url(`/shows/${(await stage.bigShow()).id}`), 'tunnel@example.org')
    await context.setOffline(true)
    await pay(page, card)
    await page.getByText('No connection. Press again when it is back').waitFor()
    await context.setOffline(false)
    await page.getByRole('button', { name: /^Pay/ }).click()
    await ticketsAreHere(page)
  }, 90_000)

  it('seats whose hold was answered into the void are nobody else’s, and the same press goes on with them', async () => {
    const { page } = await stage.visit()
    const { id } = await stage.bigShow()
    await page.goto(stage.url(`/shows/${id}`))
    await page.getByRole('button', { name: 'Choose from a list' }).click()
    const free = page.getByRole('table', { name: 'Free seats by row' }).getByRole('checkbox')
    for (const seat of [free.nth(0), free.nth(1)]) await seat.check()
    const mine = await page
      .getByRole('checkbox', { checked: true })
      .evaluateAll((seats) =>
        seats.map((seat) => seat.getAttribute('aria-label')?.split(',').slice(0, 2).join()),
      )
    await page.getByRole('textbox', { name: 'E-mail' }).fill('answer-lost@example.org')
    const answerIsLost = async (route: Route) => {
      await route.fetch()
      await route.abort()
    }
    await page.route('**/api/orders', answerIsLost, { times: 1 })
    const hold = page.getByRole('button', { name: 'Hold these 2 seats' })
    await hold.click()
    await page.getByRole('heading', { name: 'No connection' }).waitFor()
    // What the house says comes in order: whoever sees these gone has heard of one's own seats before.
    const [other] = (await somebodyTakes(stage.marquee().origin, id)).seats
    const taken = page.getByRole('checkbox', { name: `Row ${other?.row}, seat ${other?.number},` })
    await taken.waitFor({ state: 'detached' })
    await hold.click()
    await page.getByRole('textbox', { name: 'Card number' }).waitFor()
    const held = (await orderOf(page)).seats.map(({ row, number }) => `Row ${row}, seat ${number}`)
    expect(held.toSorted()).toEqual(mine.toSorted())
  }, 60_000)

  it('a page that cannot be fetched is no torn film of ours, and comes when the network does', async () => {
    const { page, context } = await stage.visit()
    await page.goto(stage.url('/'), { waitUntil: 'networkidle' })
    await page.getByRole('link', { name: 'Theaters', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Theaters' }).waitFor()
    await context.setOffline(true)
    await page.getByRole('link', { name: 'Programme', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'No connection' }).waitFor()
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  }, 60_000)

  it('the link in a guest’s mail still opens the order after its first try was lost', async () => {
    const { page } = await stage.visit()
    const { id, secret } = await heldByMail('lost-once@example.org')
    await page.route('**/api/orders/*/open', (route) => route.abort(), { times: 1 })
    await page.goto(stage.url(`/orders/${id}#${secret}`))
    await page.getByText('No connection', { exact: true }).waitFor()
    expect(new URL(page.url()).hash).toBe(`#${secret}`)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('textbox', { name: 'Card number' }).waitFor()
    expect(new URL(page.url()).hash).toBe('')
  }, 60_000)

  it('tickets kept for a tunnel leave the device with whoever logs out', async () => {
    const { page } = await visitNew(stage, 'Lodger')
    await holdBestSeats(page, stage.url(`/shows/${(await stage.bigShow()).id}`))
    await pay(page, card)
    await ticketsAreHere(page)
    const kept = () =>
      page.evaluate<string[]>(`caches.keys().then(async (names) => {
        const stores = await Promise.all(names.map((name) => caches.open(name)))
        const found = await Promise.all(stores.map((store) => store.keys()))
        return found.flat().map(({ url }) => new URL(url).pathname)
      })`)
    const orderPath = new URL(page.url()).pathname
    await until(async () => (await kept()).includes(orderPath))
    await page.goto(stage.url('/account'))
    await page.getByRole('button', { name: 'Log out', exact: true }).click()
    await page.waitForURL(stage.url('/'))
    expect((await kept()).filter((path) => !path.startsWith('/assets/'))).toEqual([])
  }, 90_000)

  it('an order that stays open on the screen is put on the device once, not with every look at it', async () => {
    const { page } = await stage.visit()
    await page.addInitScript(`
      globalThis.told = 0
      const { postMessage } = ServiceWorker.prototype
      ServiceWorker.prototype.postMessage = function (...given) {
        globalThis.told += 1
        return postMessage.apply(this, given)
      }`)
    await holdBestSeats(page, stage.url(`/shows/${(await stage.bigShow()).id}`), 'watcher@example.org')
    await pay(page, card)
    await ticketsAreHere(page)
    const told = () => page.evaluate<number>('told')
    await until(async () => (await told()) > 0)
    const look = () => page.waitForResponse((answer) => /\/api\/orders\/[\w-]+$/.test(answer.url()))
    await look()
    await look()
    const before = await told()
    await look()
    await look()
    expect(await told()).toBe(before)
  }, 90_000)

  it('a browser that keeps nothing for us still chooses, holds and pays', async () => {
    const { page, complaints } = await stage.visit()
    await page.addInitScript(`
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(globalThis, name, {
          get() { throw new DOMException('cookies are blocked', 'SecurityError') },
        })`)
    await holdBestSeats(page, stage.url(`/shows/${(await stage.bigShow()).id}`), 'nothing-kept@example.org')
    await pay(page, card)
    await ticketsAreHere(page)
    expect(complaints.filter((one) => !one.includes('SecurityError'))).toEqual([])
  }, 90_000)

  it('a guest’s orders that did not come are said not to have come, not to be none', async () => {
    const { page } = await stage.visit()
    await holdBestSeats(page, stage.url(`/shows/${(await stage.bigShow()).id}`), 'orders@example.org')
    await page.route('**/api/orders/*', (route) => route.abort())
    await page.goto(stage.url('/orders'))
    await page.getByText('Your orders did not load').waitFor()
    await page.unroute('**/api/orders/*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('held, not paid').waitFor()
  }, 60_000)

  it('a mailed link is not called expired by somebody who was not reached', async () => {
    const { page } = await stage.visit()
    await page.route('**/api/auth/verify-email', (route) => route.abort())
    await page.goto(stage.url('/verify-email#token=a-token-that-nobody-knows'))
    await page.getByText('No connection', { exact: true }).waitFor()
    await page.unroute('**/api/auth/verify-email')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('This link has been used or is too old.').waitFor()
  }, 60_000)

  it('whoever could not be logged out everywhere reads so, and is still logged in here', async () => {
    const { page } = await visitNew(stage, 'Traveller')
    await page.route('**/api/me/sessions/end', (route) => route.abort())
    await page.goto(stage.url('/account'))
    await page.getByRole('button', { name: /everywhere/ }).click()
    await page.getByRole('alert').filter({ hasText: 'No connection.' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/account')
  }, 60_000)

  it('half a diary note stays while it is unknown for a moment who is writing it', async () => {
    const page = await visitAs(stage, 'alice@marquee.example')
    await page.clock.install()
    const film = await filmCalled(stage, 'Jaws')
    await page.goto(stage.url(`/films/${film.id}`), { waitUntil: 'networkidle' })
    await page.getByRole('button', { name: 'Seen it' }).click()
    const note = page.getByRole('textbox', { name: 'Note' })
    await note.fill('The boat was')
    await page.route('**/api/me', (route) => route.abort())
    await page.clock.fastForward(61_000)
    const asked = page.waitForEvent('requestfailed', (one) => one.url().endsWith('/api/me'))
    for (const turn of ['offline', 'online']) await page.evaluate(`dispatchEvent(new Event('${turn}'))`)
    await asked
    await page.clock.fastForward(5000)
    await page.getByRole('link', { name: 'Alice', exact: true }).waitFor()
    expect(await note.inputValue()).toBe('The boat was')
  }, 60_000)

  it('who becomes the usher or the owner by one press is told when that failed, and may press again', async () => {
    const { page } = await stage.visit()
    for (const [path, name] of [
      ['/door', 'Be the usher'],
      ['/manage', 'Be the owner'],
    ] as const) {
      await page.route('**/api/auth/login', (route) => route.abort(), { times: 1 })
      await page.goto(stage.url(path))
      await page.getByRole('button', { name }).click()
      await page.getByRole('alert').filter({ hasText: 'No connection.' }).waitFor()
      await page.getByRole('button', { name }).click()
      await page.getByRole('button', { name: 'Be nobody' }).click()
      await page.waitForURL(stage.url('/'))
    }
  }, 60_000)

  it('another film opened from the search begins anew: no undo, no half-written evening of the one before', async () => {
    const { page, fan } = await visitNew(stage, 'Wanderer')
    const [jaws, vertigo] = [await filmCalled(stage, 'Jaws'), await filmCalled(stage, 'Vertigo')]
    await page.goto(stage.url(`/films/${jaws.id}`), { waitUntil: 'networkidle' })
    await page.getByRole('radio', { name: '4 stars', exact: true }).press('Space')
    await page.getByRole('button', { name: 'Undo' }).waitFor()
    await until(async () => (await fan('GET', `/api/movies/${jaws.id}/rating`)).body.stars === 4)
    await page.getByRole('button', { name: 'Seen it' }).click()
    await page.getByRole('textbox', { name: 'Note' }).fill('The boat was too small.')
    await goBySearch(page, 'Vertigo')
    expect(new URL(page.url()).pathname).toBe(`/films/${vertigo.id}`)
    await page.getByText('Give it stars').waitFor()
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0)
    expect(await page.getByRole('textbox', { name: 'Note' }).count()).toBe(0)
  }, 60_000)

  /** A door at a show to which a guest has two tickets. */
  async function doorAndCodes() {
    const { page: guest } = await stage.visit()
    const { id } = await stage.bigShow()
    await holdBestSeats(guest, stage.url(`/shows/${id}`), 'two-guests@example.org')
    await pay(guest, card)
    await ticketsAreHere(guest)
    const orderId = new URL(guest.url()).pathname.split('/').at(-1)
    const codes = await guest.evaluate<string[]>(
      `fetch('/api/orders/${orderId}').then((answer) => answer.json()).then(({ tickets }) => tickets.map(({ code }) => code))`,
    )
    const door = await visitAs(stage, 'staff@marquee.example')
    await door.goto(stage.url(`/door?show=${id}`), { waitUntil: 'networkidle' })
    // Its list is here: without one, a door that nobody answers lets nobody in.
    await door.getByText(/^of [1-9]\d* in$/).waitFor()
    const check = async (code = '') => {
      await door.getByRole('textbox', { name: 'Ticket code' }).fill(code)
      await door.keyboard.press('Enter')
    }
    return { door, check, codes, green: door.getByText('In', { exact: true }) }
  }

  it('a door whose usher was logged out shows nobody the green light of the guest before', async () => {
    const { door, check, codes, green } = await doorAndCodes()
    await check(codes[0])
    await green.waitFor()
    const refuse = (status: number, code: string) =>
      door.route('**/api/check-in', (route) => route.fulfill({ status, json: { status, code, title: '' } }))
    await refuse(401, 'unauthenticated')
    await check(codes[1])
    await door.getByText('Your session has ended.').waitFor()
    expect(await green.count()).toBe(0)
    await refuse(429, 'rate-limited')
    await check(codes[1])
    await green.waitFor()
    expect(await door.getByText('No ticket', { exact: true }).count()).toBe(0)
    await refuse(403, 'forbidden')
    await check(codes[1])
    await door.getByText('It is for a cinema where you do not work.').waitFor()
    await door.route('**/api/check-in/manifest**', (route) =>
      route.fulfill({ status: 403, json: { status: 403, code: 'forbidden', title: '' } }),
    )
    await check(codes[1])
    await door.getByText('This theater is not yours.').waitFor()
  }, 90_000)

  it('guests who come while the network dies are each counted once, and each sees their own answer', async () => {
    const { door, check, codes, green } = await doorAndCodes()
    const dead = Promise.withResolvers<void>()
    await door.route('**/api/check-in*', async (route) => {
      await dead.promise
      await route.abort()
    })
    await door.route('**/api/check-in/*', (route) => route.abort())
    for (const code of codes) await check(code)
    await door.getByText('Checking …').waitFor()
    dead.resolve()
    await door.getByText('2 scans wait to be told to the house.').waitFor()
    await green.waitFor()
    await check(codes[0])
    await door.getByText('Already in', { exact: true }).waitFor()
    expect(await green.count()).toBe(0)
  }, 90_000)

  it('two doors in one browser lose none of the guests that either let in without a network', async () => {
    const { door, check, codes, green } = await doorAndCodes()
    const second = await door.context().newPage()
    await second.goto(door.url(), { waitUntil: 'networkidle' })
    await door.context().route('**/api/check-in**', (route) => route.abort())
    await check(codes[0])
    await green.waitFor()
    await second.getByRole('textbox', { name: 'Ticket code' }).fill(codes[0] ?? '')
    await second.keyboard.press('Enter')
    await second.getByText('Already in', { exact: true }).waitFor()
    await second.getByRole('textbox', { name: 'Ticket code' }).fill(codes[1] ?? '')
    await second.keyboard.press('Enter')
    await second.getByText('In', { exact: true }).waitFor()
    await door.getByText('2 scans wait to be told to the house.').waitFor()
    await second.close()
    await door.reload()
    await door.getByText('2 scans wait to be told to the house.').waitFor()
    await door.context().unroute('**/api/check-in**')
    await door.evaluate(`dispatchEvent(new Event('online'))`)
    await door.getByText('2 scans wait to be told to the house.').waitFor({ state: 'detached' })
    for (const code of codes) {
      await check(code)
      await door.getByText('Already in', { exact: true }).waitFor()
    }
  }, 90_000)

  it('a door goes on without a network: after another show, after a reload, and by whatever a scanner types', async () => {
    const { door, check, codes, green } = await doorAndCodes()
    await door.getByText(/^of [1-9]\d* in$/).waitFor()
    await door.context().route('**/api/**', (route) => route.abort())
    await check(codes[0])
    await green.waitFor()
    await door.getByRole('button', { name: 'Another show' }).press('Enter')
    await door.getByText('These are the shows whose lists it carries.').waitFor()
    expect(await door.evaluate('document.activeElement.tagName')).toBe('H1')
    await door.getByText('1 scan waits to be told to the house.').waitFor()
    await door.reload()
    await door.getByText('These are the shows whose lists it carries.').waitFor()
    await door.getByRole('listitem').getByRole('button').first().press('Enter')
    await door.getByRole('textbox', { name: 'Ticket code' }).waitFor()
    await door.getByRole('button', { name: 'Sound off' }).press('Enter')
    await door.keyboard.type(codes[1] ?? '')
    await door.keyboard.press('Enter')
    await green.waitFor()
    await door.getByRole('button', { name: 'Sound on' }).waitFor()
    await door.keyboard.type((codes[1] ?? '').slice(0, -3))
    await door.keyboard.press('Enter')
    await door.getByText('No ticket', { exact: true }).waitFor()

    // Told from the page of shows too, where nobody stands at a door.
    await door.getByRole('button', { name: 'Another show' }).press('Enter')
    await door.getByText('2 scans wait to be told to the house.').waitFor()
    await door.context().unroute('**/api/**')
    await door.evaluate(`dispatchEvent(new Event('online'))`)
    await door.getByText('2 scans wait to be told to the house.').waitFor({ state: 'detached' })
  }, 90_000)

  it('an address that is none is told at its field, where one goes on writing', async () => {
    const { page } = await stage.visit()
    await page.goto(stage.url(`/shows/${(await stage.bigShow()).id}`))
    await page.getByRole('button', { name: 'Best seats for me' }).click()
    const address = page.getByRole('textbox', { name: 'E-mail' })
    await address.fill('nobody@nowhere')
    await page.getByRole('button', { name: 'Hold the best seats' }).click()
    await address.and(page.locator(':focus')).and(page.locator('[aria-invalid=true]')).waitFor()
    const told = page.getByText('That is no e-mail address.')
    expect(await told.count()).toBe(1)
    await address.fill('somebody@people.example')
    await told.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Hold the best seats' }).click()
    await page.getByRole('textbox', { name: 'Card number' }).waitFor()
  }, 90_000)

  it('a press too many on “Hold them longer” is no mistake', async () => {
    const { page } = await stage.visit()
    const asked: string[] = []
    page.on('request', (request) => request.url().endsWith('/extend') && asked.push(request.url()))
    await page.clock.install()
    await holdBestSeats(page, stage.url(`/shows/${(await stage.bigShow()).id}`), 'twice@example.org')
    await advanceService(stage.marquee(), 'booking', { seconds: 390 })
    await page.clock.fastForward(390_000)
    const longer = page.getByRole('button', { name: 'Hold them longer' })
    await longer.dblclick()
    await longer.waitFor({ state: 'detached' })
    expect(asked).toHaveLength(1)
    expect(await page.getByText('A hold can be extended once.').count()).toBe(0)
  }, 90_000)

  /** Somebody held seats by a program; the secret is what their mail would carry. */
  async function heldByMail(email: string) {
    const body = {
      showId: (await stage.bigShow()).id,
      email,
      bestAvailable: { tickets: [{ ticketType: 'adult', count: 2 }] },
    }
    return made<{ id: string; secret: string }>(
      client(stage.marquee().origin)('POST', '/api/orders', { body }),
    )
  }

  async function goBySearch(page: Page, title: string) {
    await page.getByRole('combobox', { name: 'Film, person or theater' }).fill(title)
    await page.getByRole('option', { name: title }).first().click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
  }
})
