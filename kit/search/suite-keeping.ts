import { describe, expect, test } from 'vitest'
import { book, books, type Shelves } from './suite-shelves.ts'

/** What is put, replaced, removed and declared. */
export function keepsVersions({ engine, find, pages, store, suggested }: Shelves): void {
  describe('keeping', () => {
    test('a newer version replaces, an older one is ignored, a removed one is gone', async () => {
      await store().put([book('a', 'First Name', { topic: ['sea'] }), book('b', 'Other')])
      await store().put([{ ...book('a', 'Second Name', { topic: ['sky'] }), version: 3 }])
      await store().put([{ ...book('a', 'Late Name'), version: 2 }])
      expect(await find({ q: 'first' })).toEqual([])
      expect(await find({ q: 'late' })).toEqual([])
      expect(await find({ q: 'second', filters: { topic: 'sky' } })).toEqual(['a'])
      expect(await suggested('second')).toEqual(['a'])
      await store().remove(['a', 'never'])
      expect(await find({ q: 'second' })).toEqual([])
      expect(await suggested('sec')).toEqual([])
      expect(await find({})).toEqual(['b'])
    })

    test('a changed boost moves it everywhere', async () => {
      await store().put([book('a', 'Glass A', { sold: 1 }), book('b', 'Glass B', { sold: 2 })])
      await store().put([{ ...book('a', 'Glass A', { sold: 3 }), version: 2 }])
      for (const wish of [{}, { q: 'glass' }, { q: 'gl' }]) expect(await find(wish)).toEqual(['a', 'b'])
    })

    test('many put the same at once, and it is there once', async () => {
      const other = await engine().open().open(books)
      const many = Array.from({ length: 700 }, (_, index) =>
        book(`n${index}`, `Glass ${index % 7} number ${index}`, { sold: index }),
      )
      await Promise.all([store().put(many), other.put(many.toReversed()), store().put(many.slice(300))])
      expect(new Set(await pages({ q: 'number', limit: 100 })).size).toBe(700)
      expect(await suggested('glass 3')).toHaveLength(8)
    })

    test('an index says whether it was filled as it is now declared', async () => {
      expect(await store().isFilled()).toBe(false)
      await store().put([book('a', 'Glass')])
      await store().markFilled()
      expect(await store().isFilled()).toBe(true)
      expect(await find({ q: 'glass' })).toEqual(['a'])
      const changed = await engine()
        .open()
        .open({ ...books, articles: ['the', 'le'] })
      expect(await changed.isFilled()).toBe(false)
      expect(await find({ q: 'glass' })).toEqual(['a'])
      await changed.put([book('a', 'Le Glass')])
      await changed.markFilled()
      expect(await changed.suggest('glass')).toEqual([
        { id: 'a', title: 'Le Glass', name: 'Le Glass', values: {} },
      ])
    })

    test('opened by many at once it is one index', async () => {
      const declared = { ...books, name: 'other-books' }
      const opened = await Promise.all(Array.from({ length: 6 }, () => engine().open().open(declared)))
      await opened[0]?.put([book('a', 'Glass')])
      expect(await opened[5]?.suggest('glass')).toHaveLength(1)
    })
  })
}
