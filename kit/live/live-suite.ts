import { afterEach, expect, test } from 'vitest'
import type { Live } from './live.ts'

/** What every adapter of `Live` must do. `make` gives one that reports listeners' errors to `onListenerError`. */
export function liveSuite(
  make: (options: { onListenerError: (error: unknown, topic: string) => void }) => Promise<Live>,
): void {
  const opened: Live[] = []
  const errors: unknown[] = []
  const open = async () => {
    const live = await make({ onListenerError: (error) => errors.push(error) })
    opened.push(live)
    return live
  }

  afterEach(async () => {
    errors.length = 0
    for (const live of opened.splice(0)) await live.stop()
  })

  test('whoever watches a topic hears its signals, in order', async () => {
    const live = await open()
    const heard: unknown[] = []
    live.subscribe('show.1', (payload) => heard.push(payload))
    live.signal('show.1', { version: 1 })
    live.signal('show.2', { version: 9 })
    live.signal('show.1', { version: 2 })
    await live.settle()
    expect(heard).toEqual([{ version: 1 }, { version: 2 }])
  })

  test('a watcher of a whole family hears every topic in it', async () => {
    const live = await open()
    const heard: unknown[] = []
    live.subscribe('show.*', (_, topic) => heard.push(topic))
    live.signal('show.1', {})
    live.signal('showing.1', {})
    live.signal('show.1.seats', {})
    await live.settle()
    expect(heard).toEqual(['show.1', 'show.1.seats'])
  })

  test('nobody hears a thing after leaving, and leaving twice is no harm', async () => {
    const live = await open()
    const heard: unknown[] = []
    const listener = (payload: unknown) => heard.push(payload)
    const leave = live.subscribe('show.1', listener)
    live.subscribe('show.1', listener)
    leave()
    leave()
    live.signal('show.1', 1)
    await live.settle()
    expect(heard).toEqual([1])
  })

  test('a signal reaches nobody before the signaller has gone on', async () => {
    const live = await open()
    const heard: unknown[] = []
    live.subscribe('show.1', (payload) => heard.push(payload))
    live.signal('show.1', 1)
    expect(heard).toEqual([])
    await live.settle()
    expect(heard).toEqual([1])
  })

  test('a listener that fails harms neither the publisher nor the others', async () => {
    const live = await open()
    const heard: unknown[] = []
    live.subscribe('show.1', () => {
      throw new Error('broken listener')
    })
    live.subscribe('show.1', (payload) => heard.push(payload))
    live.signal('show.1', 1)
    await live.settle()
    expect(heard).toEqual([1])
    expect(errors).toHaveLength(1)
  })

  test('a payload that cannot be written harms nobody', async () => {
    const live = await open()
    const circle: { self?: unknown } = {}
    circle.self = circle
    live.subscribe('show.1', () => {})
    expect(() => live.signal('show.1', circle)).not.toThrow()
  })

  test('listeners get copies: what one changes, no other sees', async () => {
    const live = await open()
    const sent = { taken: ['A1'] }
    const heard: unknown[] = []
    live.subscribe('show.1', (payload) => {
      ;(payload as { taken: string[] }).taken.push('changed')
    })
    live.subscribe('show.1', (payload) => heard.push(payload))
    live.signal('show.1', sent)
    sent.taken.push('later')
    await live.settle()
    expect(heard).toEqual([{ taken: ['A1'] }])
  })

  test('others are told soon, also of what could not be written, and when there is nothing to tell', async () => {
    const live = await open()
    await live.told()
    const circle: { self?: unknown } = {}
    circle.self = circle
    for (const payload of [1, circle, 2]) live.signal('show.1', payload)
    await live.told()
  })

  test('signals after the stop go nowhere, quietly', async () => {
    const live = await open()
    const heard: unknown[] = []
    live.subscribe('show.1', (payload) => heard.push(payload))
    await live.stop()
    expect(() => live.signal('show.1', 1)).not.toThrow()
    await live.settle()
    expect(heard).toEqual([])
  })
}
