import { anonymous, countQueries, person } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  bootTheaters,
  type Cinema,
  openCinema,
  type Service,
  showWish,
  someDay,
  type World,
} from './cinema.ts'

const anyTable = /\bfrom (theaters|people|screens|shows|layouts)\b/
const many = 20
let service: Service
let world: World
let cinemas: Cinema[]
beforeAll(async () => {
  ;({ service, world } = await bootTheaters())
  cinemas = []
  for (let at = 0; at < many; at += 1) {
    const cinema = await openCinema(service, {
      name: `Cinema ${at}`,
      location: { lat: 52 + at / 100, lon: 13 },
    })
    await service.as(cinema.owner).createShow(showWish(cinema, `${someDay()}T19:30`))
    cinemas.push(cinema)
  }
})
afterAll(() => service.stop())

type Page = { items: unknown[] }
/** How often the database is asked for so many. */
async function queriesFor(count: number, ask: (limit: number) => Promise<Page>): Promise<number> {
  let found = 0
  const queries = await countQueries(anyTable, async () => {
    found = (await ask(count)).items.length
  })
  expect(found).toBe(count)
  return queries
}

test.each<[string, (limit: number) => Promise<Page>]>([
  ['shows', (limit) => service.as(anonymous).listShows({ limit })],
  [
    'shows near somebody',
    (limit) => service.as(anonymous).listShows({ near: '52,13', radiusKm: 100, limit }),
  ],
  ['theaters', (limit) => service.as(anonymous).listTheaters({ limit })],
  ['theaters near somebody', (limit) => service.as(anonymous).listTheaters({ near: '52,13', limit })],
])('a list of %s asks the database once, for two as for twenty', async (_name, ask) => {
  expect(await queriesFor(2, ask)).toBe(1)
  expect(await queriesFor(many, ask)).toBe(1)
})

test('the theaters that somebody works for cost as much for twenty as for two', async () => {
  const usher = person()
  world.accounts.set('usher@people.example', usher.userId)
  const hire = async ({ owner, theaterId }: Cinema) =>
    service.as(owner).putPerson({ theaterId, userId: usher.userId, role: 'staff' })
  const mine = () => service.as(usher).myTheaters()
  for (const cinema of cinemas.slice(0, 2)) await hire(cinema)
  const two = await queriesFor(2, mine)
  for (const cinema of cinemas.slice(2)) await hire(cinema)
  expect(await queriesFor(many, mine)).toBe(two)
  expect((await mine()).items.map(({ screens }) => screens.map(({ name }) => name))).toEqual(
    cinemas.map(() => ['Screen 1']),
  )
})

test('a theater’s own programme costs as much for twenty shows as for two', async () => {
  const [cinema] = cinemas
  if (!cinema) throw new Error('there is no cinema')
  for (let at = 1; at < many; at += 1)
    await service.as(cinema.owner).createShow(showWish(cinema, `${someDay(at)}T19:30`))
  const programme = (days: number) =>
    service
      .as(cinema.owner)
      .listTheaterShows({ theaterId: cinema.theaterId, from: someDay(), to: someDay(days - 1) })
  expect(await queriesFor(2, programme)).toBe(await queriesFor(many, programme))
})
