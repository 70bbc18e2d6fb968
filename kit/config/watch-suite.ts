import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Said, WatchedSource } from './watch.ts'

export type SuiteSource = {
  /** Watches what `say` wrote; a second one watches the same. */
  open: () => WatchedSource
  /** Writes a section as YAML, or takes it back. */
  say: (section: string, yaml: string | undefined) => Promise<void>
}

/** What every source of settings that may change must do. `prepare` gives one that holds nothing. */
export function watchSuite(prepare: () => Promise<SuiteSource>): void {
  let house: SuiteSource
  const leaving: (() => Promise<void>)[] = []
  beforeEach(async () => {
    house = await prepare()
  })
  afterEach(async () => {
    for (const leave of leaving.splice(0)) await leave()
  })

  const sections = (said: Said | undefined) => (said instanceof Error ? said : said?.sections)
  async function watch() {
    const source = house.open()
    const first = await source.first()
    const told: Said[] = []
    let left: Promise<void> | undefined
    const follow = () => {
      const stop = source.follow((said) => told.push(said))
      leaving.push(() => (left ??= stop()))
      return () => (left ??= stop())
    }
    return { first, told, follow, last: () => sections(told.at(-1)), name: source.name }
  }
  const soon = (read: () => unknown) => expect.poll(read)

  test('what holds nothing says nothing', async () => {
    expect(sections((await watch()).first)).toEqual({})
  })

  test('says what it holds, then each change once, to whoever watches', async () => {
    await house.say('booking', '{ holdMinutes: 10 }')
    const watchers = [await watch(), await watch()]
    for (const one of watchers) {
      expect(sections(one.first)).toEqual({ booking: { holdMinutes: 10 } })
      one.follow()
    }
    await house.say('gateway', '{ limits: { auth: 3 } }')
    for (const one of watchers)
      await soon(one.last).toEqual({ booking: { holdMinutes: 10 }, gateway: { limits: { auth: 3 } } })
    await house.say('booking', undefined)
    for (const one of watchers) {
      await soon(one.last).toEqual({ gateway: { limits: { auth: 3 } } })
      expect(one.told).toHaveLength(2)
    }
  })

  test('what changed between the first word and the watching is told', async () => {
    const { follow, last } = await watch()
    await house.say('booking', '{ holdMinutes: 11 }')
    follow()
    await soon(last).toEqual({ booking: { holdMinutes: 11 } })
  })

  test('what cannot be read is told with the reason and the name of the source, and what is good again too', async () => {
    const { follow, last, name } = await watch()
    follow()
    await house.say('booking', '[')
    await soon(last).toMatchObject({
      problems: [expect.stringMatching(new RegExp(`${name} is not valid YAML`))],
    })
    await house.say('booking', '{ holdMinutes: 12 }')
    await soon(last).toEqual({ booking: { holdMinutes: 12 } })
    await house.say('booking', '[')
    const late = await watch()
    expect(late.first).toMatchObject({ problems: [expect.stringContaining(name)] })
  })

  test('whoever stopped watching is told nothing more', async () => {
    const [gone, stays] = [await watch(), await watch()]
    const leave = gone.follow()
    stays.follow()
    await leave()
    await house.say('booking', '{ holdMinutes: 13 }')
    await soon(stays.last).toEqual({ booking: { holdMinutes: 13 } })
    expect(gone.told).toEqual([])
  })
}
