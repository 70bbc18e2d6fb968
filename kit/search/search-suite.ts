import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Search, type Searched, type SearchStore, type SearchWish, searchIndex } from './index.ts'

/** An adapter on an engine that is this test's own. */
export type SuiteEngine = { open: () => Search; close: () => Promise<void> }

export const books = searchIndex({
  name: 'suite-books',
  fields: { title: 'A', alsoCalled: 'A', writers: 'B', blurb: 'C' },
  titles: ['title', 'alsoCalled'],
  articles: ['the', 'a', 'an'],
  values: { topic: 'keyword[]', shelf: 'keyword', year: 'number', sold: 'number', lent: 'flag' },
  boost: 'sold',
  sorts: { newest: ['-year', '-sold'], shelf: ['shelf', 'year'] },
  located: true,
})
type Book = Searched<typeof books>
type Wish = Omit<SearchWish<typeof books>, 'limit'> & { limit?: number }

const book = (id: string, title: string, more: Partial<Book> = {}): Book => ({
  id,
  version: 1,
  title,
  ...more,
})

/** What every adapter of `Search` must do. */
export function searchSuite(prepare: () => Promise<SuiteEngine>): void {
  let engine: SuiteEngine
  let store: SearchStore<typeof books>
  const find = async (wish: Wish) => {
    const page = await store.search({ limit: 50, ...wish })
    return page?.items.map(({ id }) => id)
  }
  const suggested = async (q: string, limit?: number) => (await store.suggest(q, limit)).map(({ id }) => id)
  const pages = async (wish: Wish) => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await store.search({ limit: 3, ...wish, cursor })
      if (!page) throw new Error('the cursor was refused')
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    return seen
  }

  beforeEach(async () => {
    engine = await prepare()
    store = await engine.open().open(books)
  })
  afterEach(() => engine.close())

  describe('words', () => {
    test('every word begins a word of it, in any order', async () => {
      await store.put([
        book('a', 'The Long Winter Garden'),
        book('b', 'Winter'),
        book('c', 'Garden of Glass'),
      ])
      expect(await find({ q: 'gard win' })).toEqual(['a'])
      expect(await store.search({ q: 'inter', limit: 5 })).toMatchObject({ guessed: true })
      expect(await find({ q: 'winter zebra' })).toEqual([])
      expect((await find({ q: 'gard' }))?.toSorted()).toEqual(['a', 'c'])
    })

    test('accents, case and punctuation do not matter, on either side', async () => {
      await store.put([
        book('a', 'Ångström’s Über-Öl: Part Two'),
        book('b', "Smørrebrød & Œuvre's"),
        book('c', '東京物語'),
      ])
      for (const q of ['angstroms', 'ÅNGSTRÖM', 'uber ol', 'über-öl', 'oL, PART'])
        expect(await find({ q })).toEqual(['a'])
      expect(await find({ q: 'smorrebrod oeuvres' })).toEqual(['b'])
      expect(await find({ q: '東京' })).toEqual(['c'])
    })

    test('exact titles come first, then those that begin so, then words by their weight; the boost breaks ties', async () => {
      await store.put([
        book('blurb', 'Nothing', { blurb: 'about an orchard', sold: 90 }),
        book('writer', 'Something', { writers: ['Orchard Lee'], sold: 80 }),
        book('word', 'My Orchard', { sold: 70 }),
        book('begins', 'Orchard Street', { sold: 10 }),
        book('begins more', 'Orchards', { sold: 20 }),
        book('exact', 'Orchard', { sold: 1 }),
        book('article', 'The Orchard', { sold: 2 }),
        book('other name', 'Elsewhere', { alsoCalled: 'orchard!', sold: 3 }),
      ])
      const order = ['other name', 'article', 'exact', 'begins more', 'begins', 'word', 'writer', 'blurb']
      expect(await find({ q: 'orchard' })).toEqual(order)
      expect(await pages({ q: 'orchard' })).toEqual(order)
      expect(await suggested('orchard')).toEqual(order)
      expect(await suggested('orchard', 2)).toEqual(order.slice(0, 2))
      expect(await find({ q: 'the orchard' })).toEqual(['article'])
      expect(await pages({ q: 'orch' })).toEqual([
        'begins more',
        'begins',
        'other name',
        'article',
        'exact',
        'word',
        'writer',
        'blurb',
      ])
    })

    test('words may come from different fields, and short ones count too', async () => {
      await store.put([
        book('a', 'Glass', { writers: ['Ann Y Bo'] }),
        book('b', 'Glass', { writers: ['Ann Zo'] }),
      ])
      expect(await find({ q: 'ann glass' })).toHaveLength(2)
      expect(await find({ q: 'glass y' })).toEqual(['a'])
      expect(await find({ q: 'y' })).toEqual(['a'])
    })

    test('each thing is found once, whatever it is called', async () => {
      await store.put([book('a', 'Glass', { alsoCalled: ['Glass House', 'The Glass', 'Glas'] })])
      for (const q of ['glass', 'glas', 'g', 'gla']) {
        expect(await pages({ q, limit: 1 })).toEqual(['a'])
        expect(await suggested(q)).toEqual(['a'])
      }
      expect(await store.suggest('glass h')).toEqual([{ id: 'a', title: 'Glass House' }])
      expect(await store.suggest('glass')).toEqual([{ id: 'a', title: 'Glass' }])
    })

    test('a word or two with a typing error still find what was meant, and it is said that this is a guess', async () => {
      await store.put([
        book('a', 'The Lighthouse Keeper', { writers: 'Margarethe Stone' }),
        book('b', 'Spider-Crab'),
        book('c', 'Lamplight', { sold: 100 }),
      ])
      for (const q of ['lighthuose', 'lihgthouse keper', 'lighthouze', 'margarete ston', 'lightouse'])
        expect([q, await find({ q })]).toEqual([q, ['a']])
      expect(await find({ q: 'spidercrab' })).toEqual(['b'])
      expect(await suggested('ligthouse')).toEqual(['a'])
      expect(await store.search({ q: 'keeper', limit: 5 })).toMatchObject({ guessed: false })
      expect(await store.search({ q: 'keepr', limit: 5 })).toMatchObject({
        guessed: true,
        items: [{ id: 'a' }],
      })
      expect(await find({ q: 'xylophone' })).toEqual([])
      expect(await suggested('qqqq')).toEqual([])
    })

    test('what only a filter hides is not replaced by a guess', async () => {
      await store.put([book('a', 'Glass', { year: 1990 }), book('b', 'Grass', { year: 2000 })])
      expect(await find({ q: 'glass', filters: { year: 2000 } })).toEqual([])
    })

    test('guesses have pages too', async () => {
      await store.put(
        Array.from({ length: 8 }, (_, index) => book(`n${index}`, `Winter ${index}`, { sold: index })),
      )
      expect(await pages({ q: 'wintre' })).toEqual(['n7', 'n6', 'n5', 'n4', 'n3', 'n2', 'n1', 'n0'])
    })

    test('whatever is typed is only looked for', async () => {
      await store.put([
        book('a', "O'Brien \\ (and) | ! :* <-> % _", { writers: "x'); drop table books; --" }),
      ])
      const hostile = [
        "'",
        "''",
        '"',
        '\\',
        '(',
        ')',
        ':*',
        '&',
        '|',
        '!',
        '<->',
        '%',
        '_',
        '--',
        ';',
        '\0',
        'a\0b',
        '\ud800',
        '🎬',
        "' or 1=1",
        '&&&&',
        'a & | b',
        '\\\\',
        '{}',
        '[]',
        '\u202e',
        'ﷺ'.repeat(300),
        'a '.repeat(5000),
        'x'.repeat(10_000),
        '\u0300'.repeat(500),
      ]
      for (const q of hostile) {
        expect(await store.search({ q, limit: 5 })).toHaveProperty('items')
        expect(await store.suggest(q)).toBeInstanceOf(Array)
      }
      expect(await find({ q: "o'brien" })).toEqual(['a'])
      expect(await find({ q: '%' })).toEqual([])
      expect(await find({ q: '' })).toEqual([])
    })
  })

  describe('filters and orders', () => {
    const shelves = [
      book('a', 'Glass A', { topic: ['sea', 'sky'], shelf: 'north', year: 1990, sold: 5, lent: true }),
      book('b', 'Glass B', { topic: ['sea'], shelf: 'south', year: 2000, sold: 7, lent: false }),
      book('c', 'Glass C', { topic: [], shelf: 'north', year: 2010, sold: 6 }),
      book('d', 'Glass D', { topic: ['sky'], year: null, sold: 1 }),
      book('e', 'Glass E', { topic: ['sea'], shelf: 'north', year: 2010, sold: 2 }),
    ]
    beforeEach(() => store.put(shelves))

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
      const page = await store.search({ sort: 'newest', limit: 1 })
      const cursor = page.nextCursor ?? ''
      expect(await store.search({ sort: 'newest', limit: 1, cursor })).toMatchObject({ items: [{ id: 'e' }] })
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
        expect(await store.search({ sort: 'newest', limit: 1, cursor: one })).toBeUndefined()
      expect(await store.search({ limit: 1, cursor })).toBeUndefined()
      expect(await store.search({ q: 'glass', limit: 1, cursor })).toBeUndefined()
    })
  })

  describe('places', () => {
    test('what lies within comes nearest first, with how far it is', async () => {
      await store.put([
        book('paris', 'Shop', { location: { lat: 48.8566, lon: 2.3522 } }),
        book('versailles', 'Shop', { location: { lat: 48.8049, lon: 2.1204 } }),
        book('london', 'Shop', { location: { lat: 51.5074, lon: -0.1278 } }),
        book('nowhere', 'Shop'),
        book('other', 'Stall', { location: { lat: 48.86, lon: 2.35 } }),
      ])
      const near = { lat: 48.8566, lon: 2.3522, radiusKm: 400 }
      const page = await store.search({ near, q: 'shop', limit: 10 })
      expect(page.items.map(({ id }) => id)).toEqual(['paris', 'versailles', 'london'])
      expect(page.items.map(({ distanceKm }) => Math.round(distanceKm ?? -1))).toEqual([0, 18, 344])
      expect(await pages({ near, limit: 1 })).toEqual(['paris', 'other', 'versailles', 'london'])
      expect(await find({ near: { ...near, radiusKm: 20 } })).toEqual(['paris', 'other', 'versailles'])
      expect(await find({ near, q: 'sohp' })).toEqual(['paris', 'versailles', 'london'])
    })

    test('the date line and the poles are no walls', async () => {
      await store.put([
        book('east', 'Shop', { location: { lat: 0, lon: 179.9 } }),
        book('west', 'Shop', { location: { lat: 0, lon: -179.9 } }),
        book('pole', 'Shop', { location: { lat: 89.9, lon: 0 } }),
      ])
      expect(await find({ near: { lat: 0, lon: 179.95, radiusKm: 50 } })).toEqual(['east', 'west'])
      expect(await find({ near: { lat: 89.9, lon: 180, radiusKm: 50 } })).toEqual(['pole'])
    })
  })

  describe('keeping', () => {
    test('a newer version replaces, an older one is ignored, a removed one is gone', async () => {
      await store.put([book('a', 'First Name', { topic: ['sea'] }), book('b', 'Other')])
      await store.put([{ ...book('a', 'Second Name', { topic: ['sky'] }), version: 3 }])
      await store.put([{ ...book('a', 'Late Name'), version: 2 }])
      expect(await find({ q: 'first' })).toEqual([])
      expect(await find({ q: 'late' })).toEqual([])
      expect(await find({ q: 'second', filters: { topic: 'sky' } })).toEqual(['a'])
      expect(await suggested('second')).toEqual(['a'])
      await store.remove(['a', 'never'])
      expect(await find({ q: 'second' })).toEqual([])
      expect(await suggested('sec')).toEqual([])
      expect(await find({})).toEqual(['b'])
    })

    test('a changed boost moves it everywhere', async () => {
      await store.put([book('a', 'Glass A', { sold: 1 }), book('b', 'Glass B', { sold: 2 })])
      await store.put([{ ...book('a', 'Glass A', { sold: 3 }), version: 2 }])
      for (const wish of [{}, { q: 'glass' }, { q: 'gl' }]) expect(await find(wish)).toEqual(['a', 'b'])
    })

    test('many put the same at once, and it is there once', async () => {
      const other = await engine.open().open(books)
      const many = Array.from({ length: 700 }, (_, index) =>
        book(`n${index}`, `Glass ${index % 7} number ${index}`, { sold: index }),
      )
      await Promise.all([store.put(many), other.put(many.toReversed()), store.put(many.slice(300))])
      expect(new Set(await pages({ q: 'number', limit: 100 })).size).toBe(700)
      expect(await suggested('glass 3')).toHaveLength(8)
    })

    test('an index says whether it was filled as it is now declared', async () => {
      expect(await store.isFilled()).toBe(false)
      await store.put([book('a', 'Glass')])
      await store.markFilled()
      expect(await store.isFilled()).toBe(true)
      expect(await find({ q: 'glass' })).toEqual(['a'])
      const changed = await engine.open().open({ ...books, articles: ['the', 'le'] })
      expect(await changed.isFilled()).toBe(false)
      expect(await find({ q: 'glass' })).toEqual(['a'])
      await changed.put([book('a', 'Le Glass')])
      await changed.markFilled()
      expect(await changed.suggest('glass')).toEqual([{ id: 'a', title: 'Le Glass' }])
    })

    test('opened by many at once it is one index', async () => {
      const declared = { ...books, name: 'other-books' }
      const opened = await Promise.all(Array.from({ length: 6 }, () => engine.open().open(declared)))
      await opened[0]?.put([book('a', 'Glass')])
      expect(await opened[5]?.suggest('glass')).toHaveLength(1)
    })
  })
}
