import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { client } from '../harness/client.ts'
import { newcomer } from '../harness/house.ts'
import type { Stage } from './stage.ts'

export type Film = { id: string; title: string; year: number }

/** A film of the demo. */
export async function filmCalled(stage: Stage, title: string): Promise<Film> {
  const { body } = await client(stage.marquee().origin)('GET', `/api/movies?q=${encodeURIComponent(title)}`)
  const film = (body.items as Film[]).find((one) => one.title === title)
  if (!film) throw new Error(`the demo has no film called ${title}`)
  return film
}

/** A browser in which somebody is logged in. */
export async function visitAs(stage: Stage, email: string, password = 'marquee-demo'): Promise<Page> {
  const { page, context } = await stage.visit()
  const answer = await context.request.post(stage.url('/api/auth/login'), {
    data: { email, password },
    headers: { origin: stage.marquee().origin },
  })
  expect(answer.status()).toBe(200)
  return page
}

/** The same for somebody who has just joined. */
export async function visitNew(stage: Stage, name: string) {
  const fan = await newcomer(stage.marquee().origin, name)
  return { fan, page: await visitAs(stage, fan.email, 'a password for tests') }
}
