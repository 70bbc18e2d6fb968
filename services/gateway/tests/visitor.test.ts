import { randomUUID } from 'node:crypto'
import { fail } from '@marquee/kit/contract'
import { expect, it } from 'vitest'
import { openDoor } from './open-door.ts'

const showId = '019a0000-0000-7000-8000-0000000000bb'
const browser = { 'sec-fetch-site': 'same-origin' }

async function doorAndVisitors() {
  const visitors: (string | undefined)[] = []
  const door = await openDoor({
    booking: {
      createOrder: (_input: never, { caller }: { caller: { visitor?: string } }) => {
        visitors.push(caller.visitor)
        return fail('not-found')
      },
    } as never,
    render: () => new Response('<p>programme</p>', { headers: { 'content-type': 'text/html' } }),
  })
  const begin = async (headers: Record<string, string>) => {
    const answer = await door.app.inject({
      method: 'POST',
      url: '/api/orders',
      headers: { 'idempotency-key': randomUUID(), ...headers },
      payload: {
        showId,
        email: 'guest@people.example',
        bestAvailable: { tickets: [{ ticketType: 'adult', count: 2 }] },
      },
    })
    return [answer.headers['set-cookie']].flat().find((one) => one?.startsWith('marquee_visitor='))
  }
  return { ...door, visitors, begin }
}

it('somebody without an account who begins something is the same person from then on', async () => {
  const { begin, visitors } = await doorAndVisitors()
  const given = await begin(browser)
  const [cookie = ''] = given?.split(';') ?? []
  expect(given).toContain('HttpOnly')
  expect(await begin({ ...browser, cookie })).toBeUndefined()
  expect(visitors[0]).toBe(cookie.split('=')[1])
  expect(visitors[1]).toBe(visitors[0])
})

it('a page that is the same for everybody tells nobody apart, and a program gets no cookie', async () => {
  const { app, begin, visitors } = await doorAndVisitors()
  for (const headers of [browser, {}]) {
    const page = await app.inject({ url: '/', headers })
    expect(page.headers['set-cookie']).toBeUndefined()
  }
  expect(await begin({})).toBeUndefined()
  expect(visitors).toEqual([undefined])
})
