import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import {
  type Account,
  buy,
  type House,
  made,
  newcomer,
  openHouse,
  password,
  until,
} from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { browser, type Copy, planCopy, remembering } from '../harness/replica.ts'

type Items = { items: Record<string, unknown>[] }
const titles = ({ items }: Items) => items.map(({ title }) => title)

/** Lists come from a copy of the database that can be stopped, paused and killed under people's hands. */
describe.each(['whole', 'twice'])('%s', (topology) => {
  let copy: Copy
  let marquee: Marquee
  let nobody: Ask
  let admin: Ask
  let robin: Account
  let kim: Account
  let house: House
  let film: string
  const handles = new Map<Account, string>()

  beforeAll(async () => {
    copy = await planCopy()
    marquee = await startMarquee({
      MARQUEE_LIMITS: 'off',
      MARQUEE_TOPOLOGY: topology,
      DATABASE_REPLICA_URLS: copy.url,
      DATABASE_REPLICA_LAG: '15',
    })
    nobody = client(marquee.origin)
    admin = await person(marquee.origin, 'admin@marquee.example')
    ;[robin, kim] = [await newcomer(marquee.origin, 'robin'), await newcomer(marquee.origin, 'kim')]
    for (const one of [robin, kim]) {
      const { handle } = await made<{ handle: string }>(one('GET', '/api/me'))
      handles.set(one, handle)
      await until(async () => (await nobody('GET', `/api/people/${handle}`)).status === 200)
    }
    film = (await made(admin('POST', '/api/movies', { body: { title: 'The Long Quay', year: 2024 } }))).id
    await until(async () => (await nobody('GET', `/api/movies/${film}/reviews`)).status === 200)
    await until(async () => (await robin('PUT', `/api/watchlist/${film}`)).status < 300)
    house = await openHouse(robin, { movieId: film })
  }, 300_000)
  afterAll(async () => {
    await marquee?.remove()
    await copy?.remove()
  }, 60_000)

  /** What the processes say together, wherever they run. */
  const readsAt = async (place: 'primary' | 'replica'): Promise<number> => {
    const text = await marquee.metrics()
    const lines = text.matchAll(new RegExp(`^marquee_reads_total\\{.*place="${place}".*\\} (\\d+)`, 'gm'))
    return [...lines].reduce((sum, [, count]) => sum + Number(count), 0)
  }
  const followers = async (who: Ask, of: Account): Promise<unknown[]> =>
    (await made<Items>(who('GET', `/api/people/${handles.get(of)}/followers`))).items.map(
      ({ handle }) => handle,
    )
  /** Somebody who saw nothing is answered by the copy while it is used: what it lacks, they are not shown. Leaves it paused then. */
  const isUsedAndPaused = async (): Promise<boolean> => {
    await copy.pause()
    const before = await followers(nobody, kim)
    await made(robin(before.length > 0 ? 'DELETE' : 'PUT', `/api/people/${handles.get(kim)}/follow`))
    const used = (await followers(nobody, kim)).length === before.length
    if (!used) await copy.resume()
    return used
  }
  const isUsed = async (): Promise<boolean> => {
    const used = await isUsedAndPaused()
    if (used) await copy.resume()
    return used
  }

  it('opens without the copy, and reads lists from it once it is there', async () => {
    expect(await followers(nobody, kim)).toEqual([])
    await copy.start(marquee)
    await until(isUsed, 20)
    expect(await readsAt('replica')).toBeGreaterThan(0)
  }, 90_000)

  it('who wrote something sees it at once, in a browser and in a program; others as soon as the copy has it', async () => {
    const program = remembering(robin)
    const tab = await browser(nobody, robin.email, password)
    await until(isUsed, 20)
    await made(program('DELETE', `/api/people/${handles.get(kim)}/follow`))
    await until(async () => (await followers(nobody, kim)).length === 0)
    await copy.pause()

    await made(program('POST', '/api/diary', { body: { movieId: film, watchedOn: '2026-01-02', stars: 4 } }))
    expect((await made<Items>(program('GET', '/api/diary'))).items).toHaveLength(1)
    expect((await made<Items>(program('GET', `/api/people/${handles.get(robin)}/diary`))).items).toHaveLength(
      1,
    )
    expect((await made<Items>(nobody('GET', `/api/people/${handles.get(robin)}/diary`))).items).toEqual([])

    await made(tab('DELETE', `/api/watchlist/${film}`))
    expect((await made<Items>(tab('GET', '/api/watchlist'))).items).toEqual([])
    const page = await tab('GET', '/watchlist')
    expect(page).toMatchObject({ status: 200, text: expect.not.stringContaining('The Long Quay') })
    await made(tab('PUT', `/api/watchlist/${film}`))
    expect((await made<Items>(tab('GET', '/api/watchlist'))).items).toHaveLength(1)

    await made(program('POST', `/api/movies/${film}/reviews`, { body: { body: 'Salt.' } }))
    const mine = `/api/people/${handles.get(robin)}/reviews`
    expect((await made<Items>(program('GET', mine))).items).toHaveLength(1)
    expect((await made<Items>(nobody('GET', mine))).items).toEqual([])

    await made(program('PUT', `/api/people/${handles.get(kim)}/follow`))
    const following = await made<Items>(program('GET', `/api/people/${handles.get(robin)}/following`))
    expect(following.items).toMatchObject([{ handle: handles.get(kim) }])
    expect(await followers(nobody, kim)).toEqual([])
    const moved = await program('GET', '/api/me/export/community.json')
    expect(moved.text).toContain('"watchedOn": "2026-01-02"')

    // A program that remembers nothing is shown everything as it is.
    expect((await made<Items>(robin('GET', '/api/diary'))).items).toHaveLength(1)
    await copy.resume()
    await until(async () => (await made<Items>(nobody('GET', mine))).items.length === 1)
  }, 60_000)

  it('bookings and what is kept for everybody never come from the copy', async () => {
    await until(isUsed, 20)
    await copy.pause()
    const watching = remembering(admin)
    await made(watching('PATCH', `/api/movies/${film}`, { body: { title: 'The Longer Quay' } }))
    // Cached pages are made anew at once, and for nobody in particular.
    await until(
      async () =>
        titles(await made<Items>(nobody('GET', `/api/movies?ids=${film}`)))[0] === 'The Longer Quay',
      4,
    )
    expect((await nobody('GET', `/api/movies/${film}`)).body.title).toBe('The Longer Quay')
    const bought = await buy(robin, house.showId)
    expect((await made<Items>(robin('GET', '/api/orders'))).items.map(({ id }) => id)).toContain(bought.id)
    const selling = remembering(robin)
    await buy(selling, house.showId)
    const sales = await made<Items>(
      selling('GET', `/api/theaters/${house.id}/sales?from=${house.day}&to=${house.day}`),
    )
    expect(sales.items).toMatchObject([{ sold: 4 }])
    const seats = await made<{ taken?: string[] }>(nobody('GET', `/api/shows/${house.showId}/seats`))
    expect(JSON.stringify(seats)).toContain(bought.seats[0]?.seatId)
    await copy.resume()
  }, 60_000)

  it('a copy that falls behind is left aside until it has caught up', async () => {
    await until(isUsed, 20)
    await until(isUsedAndPaused, 20)
    const before = await followers(nobody, kim)
    await until(async () => (await followers(nobody, kim)).length !== before.length, 45)
    await copy.resume()
    await until(isUsed, 30)
  }, 90_000)

  it('nobody notices that the copy is killed, and it is used again when it is back', async () => {
    await until(isUsed, 20)
    await copy.kill()
    const now = await followers(robin, kim)
    for (let at = 0; at < 20; at++) expect(await followers(nobody, kim)).toEqual(now)
    await copy.start(marquee)
    await until(isUsed, 30)
  }, 90_000)
})
