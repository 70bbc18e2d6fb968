import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { collection, type DocumentStore, type Find } from '../index.ts'
import { type Fields, Note, note, notes, type SuiteEngine } from './notes.ts'

/** What every adapter must find. */
export function findSuite(prepare: () => Promise<SuiteEngine>): void {
  let engine: SuiteEngine
  let store: DocumentStore<Fields>
  const ids = async (query: Omit<Find<Fields>, 'limit' | 'cursor'>, limit = 100) =>
    (await store.find({ ...query, limit })).items.map(({ id }) => id)
  const pages = async (query: Find<Fields>, between: () => Promise<unknown> = async () => {}) => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await store.find({ ...query, cursor })
      if (!page) throw new Error('the cursor was refused')
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
      await between()
    } while (cursor)
    return seen
  }

  beforeEach(async () => {
    engine = await prepare()
    store = await engine.open().open(notes)
  })
  afterEach(() => engine.close())

  test('many are read at once, in the order asked for, without those that are not there', async () => {
    await store.bulkPut([note('a'), note('b'), note('c')])
    expect([...(await store.getMany(['c', 'x', 'a', 'c'])).keys()]).toEqual(['c', 'a'])
    expect((await store.getMany([])).size).toBe(0)
  })

  test('equal, among, within and in an array each find what they say', async () => {
    await store.bulkPut([
      note('a', { stars: 1, tags: ['x', 'y'], topic: 'sea' }),
      note('b', { stars: 2.5, tags: ['y'], topic: 'sky' }),
      note('c', { stars: 10, tags: [], topic: 'sea' }),
      note('d', { stars: null, tags: ['z'], topic: 'fog', author: 'Ann' }),
    ])
    expect(await ids({ where: { topic: 'sea' } })).toEqual(['c', 'a'])
    expect(await ids({ where: { topic: { in: ['sky', 'fog', 'sky'] } } })).toEqual(['d', 'b'])
    expect(await ids({ where: { topic: { in: [] } } })).toEqual([])
    expect(await ids({ where: { stars: { gte: 2.5 } } })).toEqual(['b', 'c'])
    expect(await ids({ where: { stars: { gt: 1, lt: 10 } } })).toEqual(['b'])
    expect(await ids({ where: { stars: { lte: 10 } } })).toEqual(['a', 'b', 'c'])
    expect(await ids({ where: { stars: null } })).toEqual(['d'])
    expect(await ids({ order: ['-stars'] })).toEqual(['c', 'b', 'a', 'd'])
    expect(await ids({ where: { tags: { contains: 'y' } } })).toEqual(['a', 'b'])
    expect(await ids({ where: { tags: { contains: 'y' }, topic: 'sky' } })).toEqual(['b'])
    expect(await ids({ where: { author: 'Ann', topic: 'fog' } })).toEqual(['d'])
    expect(await ids({ where: { topic: undefined } })).toEqual(['a', 'b', 'c', 'd'])
    expect(await store.count({ topic: { in: ['sea', 'fog'] } })).toBe(3)
    expect(await store.count({ tags: { contains: 'x' } })).toBe(1)
    expect(await store.count({})).toBe(4)
  })

  test('orders go up and down over several fields, and an index serves its order backwards too', async () => {
    await store.bulkPut([
      note('a', { likes: 2, at: '2026-01-01' }),
      note('b', { likes: 2, at: '2026-01-02' }),
      note('c', { likes: 10, at: '2026-01-03' }),
      note('d', { likes: 3, at: '2026-01-04', hidden: true }),
    ])
    const where = { topic: 'sea', hidden: false }
    expect(await ids({ where, order: ['-likes', 'at'] })).toEqual(['c', 'a', 'b'])
    expect(await ids({ where, order: ['likes', '-at'] })).toEqual(['b', 'a', 'c'])
    expect(await ids({ where: { topic: 'sea' }, order: ['-at'] })).toEqual(['d', 'c', 'b', 'a'])
    expect(await ids({ where: { topic: 'sea' }, order: ['at'] })).toEqual(['a', 'b', 'c', 'd'])
    expect(await ids({ where: { topic: 'sea', at: { gte: '2026-01-02', lt: '2026-01-04' } } })).toEqual([
      'c',
      'b',
    ])
  })

  test('a question that no index serves is refused', async () => {
    const refused = expect.objectContaining({ code: 'no-index' })
    for (const query of [
      { where: { text: 'x' } },
      { where: { topic: 'sea' }, order: ['-likes', 'at'] },
      { where: { topic: 'sea', hidden: false }, order: ['likes', 'at'] },
      { where: { at: { gt: '2026' } } },
      { order: ['likes'] },
      { where: { topic: { contains: 's' } } },
    ] as Omit<Find<Fields>, 'limit'>[])
      await expect(store.find({ ...query, limit: 5, cursor: undefined })).rejects.toEqual(refused)
    await expect(store.count({ text: 'x' })).rejects.toEqual(refused)
    await expect(store.find({ limit: 0 })).rejects.toMatchObject({ code: 'limit-invalid' })
  })

  test('pages follow each other without a gap or a repetition, equal values or not', async () => {
    const many = Array.from({ length: 95 }, (_, index) =>
      note(`n${String(index).padStart(2, '0')}`, {
        likes: index % 4,
        at: `2026-01-0${1 + (index % 3)}`,
        topic: index % 2 ? 'sea' : 'sky',
        stars: index % 5 ? index % 3 : null,
      }),
    )
    await store.bulkPut(many)
    for (const query of [
      { where: { topic: 'sea', hidden: false }, order: ['-likes', 'at'] },
      { where: { topic: 'sea', hidden: false }, order: ['likes', '-at'] },
      { where: { topic: { in: ['sea', 'sky'] } }, order: ['-at'] },
      { order: ['-stars'] },
      { order: ['stars'] },
      {},
    ] as Omit<Find<Fields>, 'limit'>[]) {
      const whole = await ids(query)
      expect(await pages({ ...query, limit: 7 })).toEqual(whole)
      expect(whole.length).toBe(query.where?.topic === 'sea' ? 47 : 95)
    }
  })

  test('who pages while others write sees everything that was there all the time, once', async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      note(`n${index}`, { at: `2026-01-${10 + (index % 20)}` }),
    )
    await store.bulkPut(many)
    let more = 0
    const seen = await pages({ where: { topic: 'sea' }, order: ['-at'], limit: 7 }, async () => {
      more += 1
      await store.insert(note(`new${more}`, { at: `2026-01-${10 + more}` }))
      await store.insert(note(`newest${more}`, { at: '2027-01-01' }))
      await store.delete(`n${more}`)
    })
    expect(new Set(seen).size).toBe(seen.length)
    const stayed = many.slice(more + 1).map(({ id }) => id)
    expect(stayed.filter((id) => !seen.includes(id))).toEqual([])
  })

  test('a cursor of another question, or one that somebody made up, is none', async () => {
    await store.bulkPut([note('a'), note('b'), note('c')])
    const { nextCursor } = await store.find({ where: { topic: 'sea' }, order: ['-at'], limit: 1 })
    expect(await store.find({ order: ['stars'], limit: 1, cursor: nextCursor ?? '' })).toBeUndefined()
    const forged = [['x'], [], {}, ['', [{}], 'a'], ['', ['a\0'], 'a']].map((one) =>
      Buffer.from(JSON.stringify(one)).toString('base64url'),
    )
    for (const cursor of ['', 'nonsense', '%%%', ...forged])
      expect(await store.find({ where: { topic: 'sea' }, limit: 1, cursor })).toBeUndefined()
  })

  test('what a stranger asks for is only ever a value', async () => {
    await store.insert(note('a', { topic: "o'brien", tags: ['"}]'] }))
    expect(await ids({ where: { topic: "o'brien" } })).toEqual(['a'])
    expect(await ids({ where: { topic: "' or 1=1 --" } })).toEqual([])
    expect(await ids({ where: { tags: { contains: '"}]' } } })).toEqual(['a'])
    expect(await ids({ where: { topic: 'nul\0' } })).toEqual([])
  })

  test('opened by many at once, and again with other indexes, it keeps its documents', async () => {
    const drawers = { ...notes, name: 'other-notes' }
    await Promise.all(Array.from({ length: 6 }, () => engine.open().open(drawers)))
    const before = await engine.open().open(drawers)
    await before.bulkPut([note('a', { text: 'x' }), note('b', { text: 'y' })])
    const after = await engine.open().open(
      collection({
        name: 'other-notes',
        schema: Note.extend({ mood: z.string().default('calm') }),
        indexes: [{ name: 'by-text', fields: ['-text'] }],
      }),
    )
    expect((await after.find({ order: ['-text'], limit: 5 })).items).toMatchObject([
      { id: 'b', mood: 'calm' },
      { id: 'a', mood: 'calm' },
    ])
    await expect(after.count({ topic: 'sea' })).rejects.toMatchObject({ code: 'no-index' })
  })
}
