import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveLayout, saveShow } from '../src/show-store.ts'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { layoutOf } from './fixtures.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

test('whoever looks at the seats after the room was changed is told its new layout, by every process', async () => {
  const show = await office.putOn(['............', '............'])
  const second = await office.another()
  const processes = [office.client, office.clientOf(() => second)].map((one) => one.as(office.guest()))
  await office.client.as(office.person()).createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  const look = () => Promise.all(processes.map((one) => one.getSeats({ showId: show.showId })))
  const before = { version: 1, layout: show.layoutId, taken: ['A1', 'A2'] }
  expect(await look()).toEqual([before, before])

  const layout = layoutOf(['............', '............', '............'])
  await office.db.transaction(async (tx) => {
    await saveLayout(tx, layout)
    await saveShow(tx, { ...show, version: 2, layoutId: layout.id }, layout.seats.length)
  })
  const after = { ...before, layout: layout.id }
  expect(await look()).toEqual([after, after])
  second.feed.stop()
})

test('who looks at the seats of a cancelled show is told so by every process, those who looked before too', async () => {
  const show = await office.putOn(['............'])
  const { showId } = show
  const second = await office.another()
  const processes = [office.client, office.clientOf(() => second)].map((one) => one.as(office.guest()))
  const look = (since?: number) => Promise.all(processes.map((one) => one.getSeats({ showId, since })))
  expect((await look()).map((seats) => seats?.cancelled)).toEqual([undefined, undefined])
  for (const _time of ['once', 'told again']) await office.cancel(show)
  const after = { from: 0, version: 1, taken: [], freed: [], cancelled: true }
  expect(await look(0)).toEqual([after, after])
  const told: unknown[] = []
  const watcher = { send: (text: string) => void told.push(JSON.parse(text)), keepsUp: () => true }
  const leave = await second.feed.watch.watch(showId, watcher)
  expect(told).toEqual([{ type: 'snapshot', version: 1, taken: [], cancelled: true }])
  leave?.()
  second.feed.stop()
})
