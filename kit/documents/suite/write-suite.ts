import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DocumentStore } from '../index.ts'
import { type Fields, leaving, note, noteSaid, notes, type SuiteEngine, saying } from './notes.ts'

/** What every adapter must do when it writes. */
export function writeSuite(prepare: () => Promise<SuiteEngine>): void {
  let engine: SuiteEngine
  let store: DocumentStore<Fields>
  const told = async () => (await engine.relay()).map(({ name, key, version }) => [name, key, version])

  beforeEach(async () => {
    engine = await prepare()
    store = await engine.open().open(notes)
  })
  afterEach(() => engine.close())

  test('what was inserted is there as it was given, with the first version', async () => {
    const done = await store.insert(note('a', { tags: ['x'], stars: 4.5 }))
    expect(done).toEqual({ ok: true, document: { ...note('a', { tags: ['x'], stars: 4.5 }), version: 1 } })
    expect(await store.get('a')).toEqual({ ...note('a', { tags: ['x'], stars: 4.5 }), version: 1 })
    expect(await store.get('b')).toBeUndefined()
  })

  test('an id is taken once, and the second one changes nothing', async () => {
    await store.insert(note('a'))
    expect(await store.insert(note('a', { text: 'other' }), { events: saying })).toEqual({
      ok: false,
      code: 'exists',
    })
    expect((await store.get('a'))?.text).toBe('about a')
    expect(await told()).toEqual([])
  })

  test('fields that the schema does not know are not kept, and wrong ones are refused', async () => {
    await store.insert({ ...note('a'), extra: 1 } as never)
    expect(await store.get('a')).not.toHaveProperty('extra')
    await expect(store.insert({ ...note('b'), likes: 'many' } as never)).rejects.toThrow()
    await expect(store.insert(note(''))).rejects.toThrow('id')
  })

  test('text that not every engine can keep loses only the characters that cannot be kept', async () => {
    await store.insert(note('a', { text: 'one\0two \ud800 \\u0000 😀 three' }))
    expect((await store.get('a'))?.text).toBe('onetwo  \\u0000 😀 three')
    expect(await store.get('a\0')).toBeUndefined()
  })

  test('a unique index says which one refused, as a value', async () => {
    await store.insert(note('a', { author: 'Ann', topic: 'sea' }))
    await store.insert(note('b', { author: 'Ann', topic: 'sky' }))
    const refused = { ok: false, code: 'taken', index: 'once-per-author' }
    expect(await store.insert(note('c', { author: 'Ann' }), { events: saying })).toEqual(refused)
    expect(await store.update('b', (one) => ({ ...one, topic: 'sea' }), { events: saying })).toEqual(refused)
    expect(await store.upsert('d', () => note('d', { author: 'Ann' }))).toEqual(refused)
    expect(await told()).toEqual([])
    await store.delete('a')
    expect(await store.insert(note('c', { author: 'Ann' }))).toMatchObject({ ok: true })
  })

  test('of many who insert the same at once, one wins', async () => {
    const other = await engine.open().open(notes)
    const done = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? store : other).insert(note(`n${index}`, { author: 'Ann' }), { events: saying }),
      ),
    )
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await told()).toHaveLength(1)
  })

  test('a change raises the version and carries its event; the same again does neither', async () => {
    await store.insert(note('a'), { events: saying })
    const change = () => store.update('a', (one) => ({ ...one, text: 'new' }), { events: saying })
    expect(await change()).toMatchObject({ ok: true, changed: true, document: { text: 'new', version: 2 } })
    expect(await change()).toMatchObject({ ok: true, changed: false, document: { version: 2 } })
    expect(await store.update('a', () => undefined)).toMatchObject({ ok: true, changed: false })
    expect(await store.update('z', (one) => one)).toEqual({ ok: false, code: 'missing' })
    expect(await told()).toEqual([
      ['note.said.v1', 'a', 1],
      ['note.said.v1', 'a', 2],
    ])
  })

  test('who changes what somebody else changed meanwhile is shown the newer one', async () => {
    await store.insert(note('a'))
    const other = await engine.open().open(notes)
    await other.update('a', (one) => ({ ...one, text: 'theirs' }))
    const mine = await store.update('a', (one) => ({ ...one, text: 'mine' }), {
      ifVersion: 1,
      events: saying,
    })
    expect(mine).toMatchObject({
      ok: false,
      code: 'version-differs',
      document: { text: 'theirs', version: 2 },
    })
    expect(await store.delete('a', { ifVersion: 1 })).toMatchObject({ ok: false, code: 'version-differs' })
    expect(await store.update('a', (one) => ({ ...one, text: 'mine' }), { ifVersion: 2 })).toMatchObject({
      ok: true,
    })
    expect(await told()).toEqual([])
  })

  test('of fifty changes at once to one document, from two processes, none is lost', async () => {
    await store.insert(note('a'))
    const other = await engine.open().open(notes)
    const done = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? store : other).update('a', (one) => ({ ...one, likes: one.likes + 1 }), {
          events: saying,
        }),
      ),
    )
    expect(done.every(({ ok }) => ok)).toBe(true)
    expect(await store.get('a')).toMatchObject({ likes: 50, version: 51 })
    const versions = (await engine.relay()).map(({ version }) => version)
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 2))
  })

  test('what many add at once adds up', async () => {
    await store.insert(note('a'))
    const other = await engine.open().open(notes)
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 ? store : other).add('a', { likes: 2 })),
    )
    expect(await store.add('a', { likes: -1, stars: 0.5 })).toMatchObject({
      ok: true,
      document: { likes: 99, stars: 0.5, version: 52 },
    })
    expect(await store.add('z', { likes: 1 })).toEqual({ ok: false, code: 'missing' })
  })

  test('a write that fails tells nothing, and one that tells wrongly writes nothing', async () => {
    const wrong = () => [{ event: noteSaid, payload: { id: 7 } }]
    await expect(store.insert(note('a'), { events: wrong })).rejects.toThrow()
    expect(await store.get('a')).toBeUndefined()
    expect(await told()).toEqual([])
  })

  test('what is deleted is gone at once; its event goes out, then the tombstone', async () => {
    await store.insert(note('a', { tags: ['x'] }))
    expect(await store.delete('a', { events: leaving })).toMatchObject({
      ok: true,
      document: { text: 'about a', version: 2 },
    })
    expect(await store.get('a')).toBeUndefined()
    expect((await store.getMany(['a'])).size).toBe(0)
    expect(await store.count({ topic: 'sea' })).toBe(0)
    expect(await store.find({ where: { tags: { contains: 'x' } }, limit: 5 })).toEqual({
      items: [],
      nextCursor: null,
    })
    expect(await store.update('a', (one) => one)).toEqual({ ok: false, code: 'missing' })
    expect(await store.add('a', { likes: 1 })).toEqual({ ok: false, code: 'missing' })
    expect(await store.delete('a', { events: leaving })).toEqual({ ok: false, code: 'missing' })

    await engine.tidy()
    expect(await store.insert(note('a'), { events: saying })).toMatchObject({ document: { version: 3 } })
    expect(await store.delete('a', { events: leaving })).toMatchObject({ ok: true })
    expect(await told()).toEqual([
      ['note.gone.v1', 'a', 2],
      ['note.said.v1', 'a', 3],
      ['note.gone.v1', 'a', 4],
    ])
    await engine.tidy()
    expect(await store.insert(note('a'))).toMatchObject({ document: { version: 1 } })
  })

  test('what comes back after a deletion may be inserted by only one', async () => {
    await store.insert(note('a'))
    await store.delete('a', { events: leaving })
    const other = await engine.open().open(notes)
    const done = await Promise.all([
      store.insert(note('a')),
      other.insert(note('a')),
      store.insert(note('a')),
    ])
    expect(done.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('many are put at once: each says what became of it, and only changes are told', async () => {
    await store.bulkPut([note('a'), note('b'), note('c')])
    const put = await store.bulkPut(
      [
        note('a'),
        note('b', { text: 'new' }),
        note('d'),
        note('e', { author: 'author of c' }),
        note('d', { likes: 1 }),
      ],
      { events: saying },
    )
    expect(put).toEqual([
      { id: 'a', outcome: 'same', version: 1 },
      { id: 'b', outcome: 'changed', version: 2 },
      { id: 'd', outcome: 'inserted', version: 1 },
      { id: 'e', outcome: 'taken', index: 'once-per-author' },
      { id: 'd', outcome: 'inserted', version: 1 },
    ])
    expect((await store.get('d'))?.likes).toBe(1)
    expect((await told()).toSorted()).toEqual([
      ['note.said.v1', 'b', 2],
      ['note.said.v1', 'd', 1],
    ])
  })

  test('thousands are put while others change them, and everybody’s last word counts', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => note(`n${index}`))
    const other = await engine.open().open(notes)
    await Promise.all([store.bulkPut(many), other.bulkPut(many.toReversed())])
    await Promise.all([
      store.bulkPut(many.map((one) => ({ ...one, text: 'put' }))),
      ...many.slice(0, 20).map(({ id }) => other.add(id, { likes: 1 })),
    ])
    expect(await store.count({ topic: 'sea' })).toBe(2500)
    const first = await store.getMany(many.slice(0, 20).map(({ id }) => id))
    for (const one of first.values()) expect(one.version).toBeGreaterThanOrEqual(2)
  })
}
