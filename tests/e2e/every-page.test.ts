import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { person } from '../harness/client.ts'
import { buy } from '../harness/house.ts'
import { faultsOf } from './judge.ts'
import { journeys, type Stage } from './stage.ts'

journeys('every page, dark and light, on a desk and on a phone', (stage) => {
  it('of the audience is whole and readable', async () => {
    const { page } = await stage.visit()
    const show = await stage.bigShow()
    const found = await faultsAt(page, [
      '/',
      '/films',
      `/films/${show.movieId}`,
      '/theaters',
      `/theaters/${show.theaterId}`,
      '/login',
      '/register',
      '/orders',
      '/door',
      '/manage',
      '/nothing-here',
      `/shows/${show.id}`,
    ])
    for (const way of ['Best seats for me', 'Choose from a list']) {
      await page.getByRole('button', { name: way }).click()
      found.push(...(await faultsOf(page)))
    }
    expect(found).toEqual([])
  }, 240_000)

  it('of somebody with an account is whole and readable', async () => {
    const page = await visitAs(stage, 'alice')
    const show = await stage.bigShow()
    const alice = await person(stage.marquee().origin, 'alice@marquee.example')
    const owner = await person(stage.marquee().origin, 'owner@marquee.example')
    const held = await buy(alice, show.id, { pay: false })
    const paid = await buy(alice, show.id)
    const partly = await buy(alice, show.id)
    await alice('POST', `/api/orders/${partly.id}/refund`, { body: { tickets: [partly.tickets[0]?.id] } })
    await owner('POST', '/api/check-in', { body: { code: partly.tickets[1]?.code } })
    const given = await buy(alice, show.id, { pay: false })
    await alice('DELETE', `/api/orders/${given.id}`)
    const found = await faultsAt(page, [
      '/account',
      '/orders',
      `/orders/${held.id}`,
      `/orders/${partly.id}`,
      `/orders/${given.id}`,
      `/tickets/${paid.tickets[0]?.id}`,
      `/tickets/${partly.tickets[1]?.id}`,
      `/orders/${paid.id}`,
    ])
    await page.getByRole('button', { name: 'Give tickets back' }).click()
    await page.getByRole('dialog').waitFor()
    found.push(...(await faultsOf(page)))
    expect(found).toEqual([])
  }, 240_000)

  it('of those who run the house is whole and readable', async () => {
    const page = await visitAs(stage, 'owner')
    const show = await stage.bigShow()
    const house = `/manage/${show.theaterId}`
    const found = await faultsAt(page, [
      '/manage',
      '/manage/new',
      house,
      `${house}/opening`,
      `${house}/shows/new`,
      `${house}/shows/${show.id}`,
      `${house}/copy?from=${show.day}`,
      `${house}/screens`,
      `${house}/screens/${show.screenId}`,
      `${house}/prices`,
      `${house}/people`,
      `${house}/details`,
    ])
    const door = await visitAs(stage, 'staff')
    found.push(...(await faultsAt(door, ['/door', `/door?show=${show.id}`])))
    await door.getByRole('textbox', { name: 'Ticket code' }).fill('no ticket')
    await door.getByRole('button', { name: 'Check' }).click()
    await door.getByText('No ticket', { exact: true }).waitFor()
    found.push(...(await faultsOf(door)))
    expect(found).toEqual([])
  }, 240_000)

  async function faultsAt(page: Page, paths: string[]): Promise<string[]> {
    const found: string[] = []
    for (const path of paths) {
      await page.goto(stage.url(path), { waitUntil: 'networkidle' })
      found.push(...(await faultsOf(page)))
    }
    return found
  }
})

async function visitAs(stage: Stage, who: string): Promise<Page> {
  const { page, context } = await stage.visit()
  const answer = await context.request.post(stage.url('/api/auth/login'), {
    data: { email: `${who}@marquee.example`, password: 'marquee-demo' },
    headers: { origin: stage.marquee().origin },
  })
  expect(answer.status()).toBe(200)
  return page
}
