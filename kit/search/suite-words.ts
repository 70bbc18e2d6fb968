import { describe, expect, test } from 'vitest'
import { book, type Shelves } from './suite-shelves.ts'

/** What is found by words, in which order, and what is guessed. */
export function findsWords({ find, pages, store, suggested }: Shelves): void {
  describe('words', () => {
    test('every word begins a word of it, in any order', async () => {
      await store().put([
        book('a', 'The Long Winter Garden'),
        book('b', 'Winter'),
        book('c', 'Garden of Glass'),
      ])
      expect(await find({ q: 'gard win' })).toEqual(['a'])
      expect(await store().search({ q: 'inter', limit: 5 })).toMatchObject({ guessed: true })
      expect(await find({ q: 'winter zebra' })).toEqual([])
      expect((await find({ q: 'gard' }))?.toSorted()).toEqual(['a', 'c'])
    })

    test('accents, case and punctuation do not matter, on either side', async () => {
      await store().put([
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
      await store().put([
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
      await store().put([
        book('a', 'Glass', { writers: ['Ann Y Bo'] }),
        book('b', 'Glass', { writers: ['Ann Zo'] }),
      ])
      expect(await find({ q: 'ann glass' })).toHaveLength(2)
      expect(await find({ q: 'glass y' })).toEqual(['a'])
      expect(await find({ q: 'y' })).toEqual(['a'])
    })

    test('each thing is found once, whatever it is called', async () => {
      await store().put([book('a', 'Glass', { alsoCalled: ['Glass House', 'The Glass', 'Glas'] })])
      for (const q of ['glass', 'glas', 'g', 'gla']) {
        expect(await pages({ q, limit: 1 })).toEqual(['a'])
        expect(await suggested(q)).toEqual(['a'])
      }
      expect(await store().suggest('glass h')).toEqual([
        { id: 'a', title: 'Glass House', name: 'Glass', values: {} },
      ])
      expect(await store().suggest('glass')).toEqual([{ id: 'a', title: 'Glass', name: 'Glass', values: {} }])
    })

    test('suggestions come with what the thing is called first, and with the values that are asked for', async () => {
      await store().put([
        book('a', '!!!', { alsoCalled: ['Glass House'], writers: ['Ann Bo'], year: 1990, topic: ['sky'] }),
      ])
      const values = { year: 1990, topic: ['sky'], lent: null }
      const suggest = (q: string) => store().suggest(q, { values: ['year', 'topic', 'lent'] })
      for (const q of ['glass', 'house'])
        expect(await suggest(q), q).toEqual([{ id: 'a', title: 'Glass House', name: '!!!', values }])
      for (const q of ['ann', 'galss'])
        expect(await suggest(q), q).toEqual([{ id: 'a', title: '!!!', name: '!!!', values }])
    })

    test('a word or two with a typing error still find what was meant, and it is said that this is a guess', async () => {
      await store().put([
        book('a', 'The Lighthouse Keeper', { writers: 'Margarethe Stone' }),
        book('b', 'Spider-Crab'),
        book('c', 'Lamplight', { sold: 100 }),
      ])
      for (const q of ['lighthuose', 'lihgthouse keper', 'lighthouze', 'margarete ston', 'lightouse'])
        expect([q, await find({ q })]).toEqual([q, ['a']])
      expect(await find({ q: 'spidercrab' })).toEqual(['b'])
      expect(await suggested('ligthouse')).toEqual(['a'])
      expect(await store().search({ q: 'keeper', limit: 5 })).toMatchObject({ guessed: false })
      expect(await store().search({ q: 'keepr', limit: 5 })).toMatchObject({
        guessed: true,
        items: [{ id: 'a' }],
      })
      expect(await find({ q: 'xylophone' })).toEqual([])
      expect(await suggested('qqqq')).toEqual([])
    })

    test('what only a filter hides is not replaced by a guess', async () => {
      await store().put([book('a', 'Glass', { year: 1990 }), book('b', 'Grass', { year: 2000 })])
      expect(await find({ q: 'glass', filters: { year: 2000 } })).toEqual([])
    })

    test('guesses have pages too', async () => {
      await store().put(
        Array.from({ length: 8 }, (_, index) => book(`n${index}`, `Winter ${index}`, { sold: index })),
      )
      expect(await pages({ q: 'wintre' })).toEqual(['n7', 'n6', 'n5', 'n4', 'n3', 'n2', 'n1', 'n0'])
    })

    test('whatever is typed is only looked for', async () => {
      await store().put([
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
        expect(await store().search({ q, limit: 5 })).toHaveProperty('items')
        expect(await store().suggest(q)).toBeInstanceOf(Array)
      }
      expect(await find({ q: "o'brien" })).toEqual(['a'])
      expect(await find({ q: '%' })).toEqual([])
      expect(await find({ q: '' })).toEqual([])
    })
  })
}
