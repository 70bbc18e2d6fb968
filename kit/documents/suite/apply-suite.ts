import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DocumentStore } from '../index.ts'
import { type Fields, leaving, note, notes, type SuiteEngine, saying } from './notes.ts'

/** What every adapter must do with the effects of events. */
export function applySuite(prepare: () => Promise<SuiteEngine>): void {
  let engine: SuiteEngine
  let store: DocumentStore<Fields>
  const by = (event: string, group = 'suite.notes') => ({ event, group })
  const liked = (one: Fields | undefined) => one && { ...one, likes: one.likes + 1 }

  beforeEach(async () => {
    engine = await prepare()
    store = await engine.open().open(notes)
  })
  afterEach(() => engine.close())

  test('an event that comes again changes nothing and tells nothing', async () => {
    await store.insert(note('a'))
    expect(await store.apply(by('e1'), 'a', liked, { events: saying })).toMatchObject({ changed: true })
    expect(await store.apply(by('e1'), 'a', liked, { events: saying })).toMatchObject({
      changed: false,
      document: { likes: 1 },
    })
    expect(await store.apply(by('e1', 'suite.other'), 'a', liked)).toMatchObject({ changed: true })
    expect(await store.get('a')).toMatchObject({ likes: 2, version: 3 })
    expect(await engine.relay()).toHaveLength(1)
  })

  test('an event that is taken twice at once is applied once', async () => {
    await store.insert(note('a'))
    const other = await engine.open().open(notes)
    const done = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).apply(by('e1'), 'a', liked)),
    )
    expect(done.filter((one) => one.ok && one.changed)).toHaveLength(1)
    expect((await store.get('a'))?.likes).toBe(1)
  })

  test('events beside ordinary changes are each applied', async () => {
    await store.insert(note('a'))
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        index % 2 ? store.apply(by(`e${index % 20}`), 'a', liked) : store.add('a', { likes: 1 }),
      ),
    )
    expect((await store.get('a'))?.likes).toBe(30)
  })

  test('an event may make a document that is not there yet', async () => {
    const make = () => note('a')
    expect(await store.apply(by('e1'), 'a', make)).toMatchObject({ changed: true, document: { version: 1 } })
    expect(await store.apply(by('e1'), 'a', () => note('a', { text: 'again' }))).toMatchObject({
      changed: false,
    })
    expect(await store.apply(by('e2'), 'none', () => undefined)).toEqual({
      ok: true,
      document: undefined,
      changed: false,
    })
  })

  test('an event that changed nothing will not change something later', async () => {
    await store.insert(note('a'))
    await store.apply(by('e1'), 'a', () => undefined)
    expect(await store.get('a')).toMatchObject({ version: 1 })
    expect(await store.apply(by('e1'), 'a', liked)).toMatchObject({ changed: false })
  })

  test('an event that comes again does not bring back what was deleted', async () => {
    await store.apply(by('e1'), 'a', () => note('a'))
    await store.delete('a', { events: leaving })
    expect(await store.apply(by('e1'), 'a', () => note('a'))).toEqual({
      ok: true,
      document: undefined,
      changed: false,
    })
  })

  test('a document remembers so many events and no more', async () => {
    const few = await engine.open().open({ ...notes, name: 'forgetful-notes', remembers: 3 })
    await few.insert(note('a'))
    for (const event of ['e1', 'e2', 'e3', 'e4']) await few.apply(by(event), 'a', liked)
    expect(await few.apply(by('e2'), 'a', liked)).toMatchObject({ changed: false })
    expect(await few.apply(by('e1'), 'a', liked)).toMatchObject({ changed: true })
  })
}
