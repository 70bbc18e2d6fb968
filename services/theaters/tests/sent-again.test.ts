import { advanceClock, anonymous, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bootTheaters, type Cinema, openCinema, type Service } from './cinema.ts'

let service: Service
beforeEach(async () => {
  service = (await bootTheaters()).service
})
afterEach(() => service.stop())

const once = { idempotencyKey: 'a-key-of-sixteen-or-more' }
const reused = { status: 422, code: 'idempotency-key-reused' }
const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id).toSorted()

describe('a theater whose opening is sent again with its key', () => {
  const house = {
    name: 'Rialto',
    address: '1 Main Street',
    city: 'Berlin',
    country: 'Germany',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
  }
  const owned = async (owner: ReturnType<typeof person>) =>
    idsOf((await service.as(owner).myTheaters()).items)

  test('is one theater, also when both come at the same moment', async () => {
    const owner = person()
    const open = () => service.as(owner).createTheater(house, once)
    const { id } = await open()
    expect((await open()).id).toBe(id)
    const other = { idempotencyKey: 'another-key-of-sixteen' }
    const pair = await Promise.all(
      Array.from({ length: 6 }, () => service.as(owner).createTheater(house, other)),
    )
    expect(new Set(pair.map((one) => one.id)).size).toBe(1)
    expect(await owned(owner)).toEqual(idsOf([{ id }, ...pair.slice(0, 1)]))
  })
  test('is told as it is now, though its owner closed it', async () => {
    const owner = person()
    const { id: theaterId } = await service.as(owner).createTheater(house, once)
    await service.as(owner).updateTheater({ theaterId, name: 'Astra' })
    await service.as(owner).closeTheater({ theaterId })
    const again = await service.as(owner).createTheater(house, once)
    expect(again).toMatchObject({ id: theaterId, name: 'Astra' })
    expect(await service.as(anonymous).attempt.getTheater({ theaterId })).toMatchObject({ code: 'not-found' })
  })
  test('is refused when it says something else, and is a second one a day later', async () => {
    const owner = person()
    const { id } = await service.as(owner).createTheater(house, once)
    const astra = { ...house, name: 'Astra' }
    expect(await service.as(owner).attempt.createTheater(astra, once)).toMatchObject(reused)
    await advanceClock(service.db, { hours: 25 })
    const later = await service.as(owner).createTheater(astra, once)
    expect((await service.as(owner).createTheater(astra, once)).id).toBe(later.id)
    expect(await owned(owner)).toEqual(idsOf([{ id }, later]))
  })
  test('is somebody else’s own when they happen on the same key', async () => {
    const [one, other] = [person(), person()]
    const { id } = await service.as(one).createTheater(house, once)
    await service.as(other).createTheater(house, once)
    expect(await owned(one)).toEqual([id])
    expect(await owned(other)).not.toEqual([id])
  })
})

describe('a price card that is sent again with its key', () => {
  const fields = (theaterId: string, name = 'Matinee') => ({
    theaterId,
    name,
    prices: [{ zone: 'standard', ticketType: 'adult', price: { amount: 800, currency: 'EUR' } }],
  })
  const cards = async ({ owner, theaterId, cardId }: Cinema) =>
    idsOf((await service.as(owner).listPriceCards({ theaterId })).items).filter((id) => id !== cardId)

  test('is one card, as it is now, also when both come at the same moment', async () => {
    const cinema = await openCinema(service)
    const { theaterId } = cinema
    const owner = service.as(cinema.owner)
    const add = () => owner.createPriceCard(fields(theaterId), once)
    const added = await Promise.all(Array.from({ length: 6 }, add))
    const [priceCardId = ''] = await cards(cinema)
    expect(new Set(added.map(({ id }) => id))).toEqual(new Set([priceCardId]))
    await owner.updatePriceCard({ theaterId, priceCardId, name: 'Early' })
    expect(await add()).toMatchObject({ id: priceCardId, name: 'Early', version: 2 })
    expect(await cards(cinema)).toEqual([priceCardId])
  })
  test('is made anew when it was removed', async () => {
    const cinema = await openCinema(service)
    const { theaterId } = cinema
    const owner = service.as(cinema.owner)
    const { id: priceCardId } = await owner.createPriceCard(fields(theaterId), once)
    await owner.deletePriceCard({ theaterId, priceCardId })
    const again = await owner.createPriceCard(fields(theaterId), once)
    expect(await cards(cinema)).toEqual([again.id])
  })
  test('is refused when it says something else or names another theater, and is a second one a day later', async () => {
    const cinema = await openCinema(service)
    const { theaterId } = cinema
    const owner = service.as(cinema.owner)
    const { id } = await owner.createPriceCard(fields(theaterId), once)
    expect(await owner.attempt.createPriceCard(fields(theaterId, 'Late'), once)).toMatchObject(reused)
    const second = await owner.createTheater({
      name: 'Second House',
      address: '2 Main Street',
      city: 'Berlin',
      country: 'Germany',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
    })
    expect(await owner.attempt.createPriceCard(fields(second.id), once)).toMatchObject(reused)
    await advanceClock(service.db, { hours: 25 })
    const later = await owner.createPriceCard(fields(theaterId, 'Late'), once)
    expect(await cards(cinema)).toEqual(idsOf([{ id }, later]))
  })
})
