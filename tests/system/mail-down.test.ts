import { ownPort } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostOffice, type PostOffice } from '../../services/notifications/tests/post-office.ts'
import { advanceService } from '../harness/advance.ts'
import { type Ask, client } from '../harness/client.ts'
import { buy, type House, made, newcomer, openHouse, until } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'

let marquee: Marquee
let nobody: Ask
let house: House
let office: PostOffice | undefined
const port = await ownPort()
beforeAll(async () => {
  office = await openPostOffice(port)
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off', NOTIFICATIONS_SMTP_URL: `smtp://127.0.0.1:${port}` })
  nobody = client(marquee.origin)
  const owner = await newcomer(marquee.origin, 'owner')
  const films = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))
  house = await openHouse(owner, { movieId: films.items[0]?.id ?? '' })
}, 120_000)
afterAll(async () => {
  await marquee?.remove()
  await office?.close()
}, 60_000)

const guest = 'guest@people.example'
/** The names of the letters with tickets that this post office was given. */
const taken = ({ letters }: PostOffice) =>
  letters.flatMap(({ messageId = '' }) => (messageId.startsWith('<order-confirmed') ? [messageId] : []))
const names = (orders: { id: string }[]) => orders.map(({ id }) => `<order-confirmed.${id}@`)
const countOf = (all: readonly string[], name: string) => all.filter((one) => one.startsWith(name)).length

/** Lets notifications' clock run on and waits until it has tried what was due, or until it is so. */
async function laterUntil(isSo: () => boolean): Promise<void> {
  for (let step = 0; step < 40 && !isSo(); step++) {
    await advanceService(marquee, 'notifications', { minutes: 10 })
    await until(async () => isSo(), 2).catch(() => {})
  }
  if (!isSo()) throw new Error(`was not so within hours: ${isSo}`)
}

it('with the mail server down for ten minutes bookings go on, and every mail goes out when it is back', async () => {
  const before = await buy(nobody, house.showId, { email: guest })
  const first = office
  await until(async () => first !== undefined && taken(first).length === 1)
  await first?.close()
  office = undefined

  const meanwhile: Awaited<ReturnType<typeof buy>>[] = []
  for (let minute = 0; minute < 10; minute++) {
    const order = await buy(nobody, house.showId, { email: guest })
    expect(order.tickets).toHaveLength(2)
    meanwhile.push(order)
    await advanceService(marquee, 'notifications', { minutes: 1 })
  }
  const delayed = /marquee_mails_total\{[^}]*outcome="delayed"\} [1-9]/
  await until(async () => delayed.test(await marquee.metrics()))

  const back = await openPostOffice(port)
  office = back
  // The worst moment for a mail server to go away: it has the letter, and we do not know.
  const hangUps = 2
  back.hangUpOn(hangUps)
  await laterUntil(() => names(meanwhile).every((name) => countOf(taken(back), name) > 0))
  // One that hung up is asked once more; whoever went out twice did so under one name, and is shown once.
  await laterUntil(() => taken(back).length >= meanwhile.length + hangUps)
  await until(
    async () =>
      /marquee_mails_total\{[^}]*kind="order-confirmed",outcome="sent"\} 11$/m.test(await marquee.metrics()),
    20,
  )

  const counts = names(meanwhile).map((name) => countOf(taken(back), name))
  const twice = counts.filter((count) => count === 2).length
  expect(counts.every((count) => count === 1 || count === 2)).toBe(true)
  expect(twice, 'exactly those that the server took without saying so went out twice').toBe(hangUps)
  expect(names([before]).map((name) => countOf(taken(back), name))).toEqual([0])
}, 120_000)
