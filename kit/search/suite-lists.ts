import { beforeEach, describe, expect, test } from 'vitest'
import { book, type Shelves, type Wish } from './suite-shelves.ts'

/** Lists by filters and declared orders. */
export function keepsOrders({ find, pages, store }: Shelves): void {
  describe('filters and orders', () => {
    const shelves = [
      book('a', 'Glass A', { topic: ['sea', 'sky'], shelf: 'north', year: 1990, sold: 5, lent: true }),
      book('b', 'Glass B', { topic: ['sea'], shelf: 'south', year: 2000, sold: 7, lent: false }),
      book('c', 'Glass C', { topic: [], shelf: 'north', year: 2010, sold: 6 }),
      book('d', 'Glass D', { topic: ['sky'], year: null, sold: 1 }),
      book('e', 'Glass E', { topic: ['sea'], shelf: 'north', year: 2010, sold: 2 }),
    ]
    beforeEach(() => store().put(shelves))

    test('without words everything is listed by the boost', async () => {
      expect(await find({})).toEqual(['b', 'c', 'a', 'e', 'd'])
      expect(await pages({ limit: 2 })).toEqual(['b', 'c', 'a', 'e', 'd'])
    })

    test.each<[Wish['filters'], string[]]>([
      [{ topic: 'sea' }, ['b', 'a', 'e']],
      [{ topic: { in: ['sky', 'fog'] } }, ['a', 'd']],
      [{ topic: { in: [] } }, []],
      [{ shelf: 'north', topic: 'sea' }, ['a', 'e']],
      [{ shelf: { in: ['south', 'east'] } }, ['b']],
      [{ year: 2010 }, ['c', 'e']],
      [{ year: { gte: 2000 } }, ['b', 'c', 'e']],
      [{ year: { gte: 1990, lte: 2000 } }, ['b', 'a']],
      [{ year: { lte: 2000 } }, ['b', 'a']],
      [{ year: { in: [1990, 2000] } }, ['b', 'a']],
      [{ lent: false }, ['b']],
      [{ topic: undefined }, ['b', 'c', 'a', 'e', 'd']],
      [{ topic: "sea' or '1" }, []],
      [{ topic: 'se\0a', shelf: 'north\ud800' }, []],
    ])('the filter %j leaves %j, with words or without', async (filters, ids) => {
      expect(await find({ filters })).toEqual(ids)
      expect(await find({ filters, q: 'glass' })).toEqual(ids)
      expect(await pages({ filters, q: 'glass', limit: 1 })).toEqual(ids)
    })

    test('declared orders hold over pages, with words or without, what has no value lowest', async () => {
      for (const q of [undefined, 'glass']) {
        expect(await find({ q, sort: 'newest' })).toEqual(['c', 'e', 'b', 'a', 'd'])
        expect(await pages({ q, sort: 'newest', limit: 2 })).toEqual(['c', 'e', 'b', 'a', 'd'])
        expect(await pages({ q, sort: 'shelf', limit: 2 })).toEqual(['d', 'a', 'c', 'e', 'b'])
      }
    })

    test('a cursor of another order, or one that somebody made up, is none', async () => {
      const page = await store().search({ sort: 'newest', limit: 1 })
      const cursor = page.nextCursor ?? ''
      expect(await store().search({ sort: 'newest', limit: 1, cursor })).toMatchObject({
        items: [{ id: 'e' }],
      })
      const own = (more: unknown[]) =>
        Buffer.from(
          JSON.stringify([JSON.parse(Buffer.from(cursor, 'base64url').toString())[0], ...more]),
        ).toString('base64url')
      const forged = [
        '',
        'x',
        '%',
        own([0, ['x', 1], 'a']),
        own([0, [1], 'a']),
        own([99, [1, 2], 'a']),
        own([0, [1, 2], 'a\0']),
      ]
      for (const one of forged)
        expect(await store().search({ sort: 'newest', limit: 1, cursor: one })).toBeUndefined()
      expect(await store().search({ limit: 1, cursor })).toBeUndefined()
      expect(await store().search({ q: 'glass', limit: 1, cursor })).toBeUndefined()
    })
  })
}

/** What lies near. */
export function findsPlaces({ find, pages, store }: Shelves): void {
  describe('places', () => {
    test('what lies within comes nearest first, with how far it is', async () => {
      await store().put([
        book('paris', 'Shop', { location: { lat: 48.8566, lon: 2.3522 } }),
        book('versailles', 'Shop', { location: { lat: 48.8049, lon: 2.1204 } }),
        book('london', 'Shop', { location: { lat: 51.5074, lon: -0.1278 } }),
        book('nowhere', 'Shop'),
        book('other', 'Stall', { location: { lat: 48.86, lon: 2.35 } }),
      ])
      const near = { lat: 48.8566, lon: 2.3522, radiusKm: 400 }
      const page = await store().search({ near, q: 'shop', limit: 10 })
      expect(page.items.map(({ id }) => id)).toEqual(['paris', 'versailles', 'london'])
      expect(page.items.map(({ distanceKm }) => Math.round(distanceKm ?? -1))).toEqual([0, 18, 344])
      expect(await pages({ near, limit: 1 })).toEqual(['paris', 'other', 'versailles', 'london'])
      expect(await find({ near: { ...near, radiusKm: 20 } })).toEqual(['paris', 'other', 'versailles'])
      expect(await find({ near, q: 'sohp' })).toEqual(['paris', 'versailles', 'london'])
    })

    test('the date line and the poles are no walls', async () => {
      await store().put([
        book('east', 'Shop', { location: { lat: 0, lon: 179.9 } }),
        book('west', 'Shop', { location: { lat: 0, lon: -179.9 } }),
        book('pole', 'Shop', { location: { lat: 89.9, lon: 0 } }),
      ])
      expect(await find({ near: { lat: 0, lon: 179.95, radiusKm: 50 } })).toEqual(['east', 'west'])
      expect(await find({ near: { lat: 89.9, lon: 180, radiusKm: 50 } })).toEqual(['pole'])
    })
  })
}
