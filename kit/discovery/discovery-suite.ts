import { afterEach, expect, test } from 'vitest'
import { createBalancer } from './balancer.ts'
import type { Discovery } from './discovery.ts'

/** What a test does to the world that a discovery looks at. */
export type Scene = {
  /** Has an instance of `booking` answer at this address of the network. */
  appear(address: string): Promise<void>
  /** Takes it away. */
  vanish(address: string): Promise<void>
  /** One who looks. */
  open(): Promise<Discovery>
  close(): Promise<void>
}

/** What every way of finding instances must do. `stage` sets a scene in which nobody is there yet. */
export function discoverySuite(stage: () => Promise<Scene>, addresses: readonly [string, string]): void {
  const [first, second] = addresses
  const scenes: Scene[] = []
  const opened: Discovery[] = []
  afterEach(async () => {
    for (const discovery of opened.splice(0)) await discovery.stop()
    for (const scene of scenes.splice(0)) await scene.close()
  })
  const set = async () => {
    const scene = await stage()
    scenes.push(scene)
    return scene
  }
  const look = async (scene: Scene) => {
    const discovery = await scene.open()
    opened.push(discovery)
    await discovery.ready()
    return discovery
  }
  const seen = (discovery: Discovery) => discovery.instancesOf('booking').toSorted()
  const soon = (discovery: Discovery, wanted: readonly string[]) =>
    expect.poll(() => seen(discovery), { timeout: 10_000, interval: 20 }).toEqual([...wanted].toSorted())

  test('knows who is there from the start', async () => {
    const scene = await set()
    await scene.appear(first)
    await scene.appear(second)
    await soon(await look(scene), addresses)
  })

  test('hears within seconds who came and who went', async () => {
    const scene = await set()
    const discovery = await look(scene)
    expect(seen(discovery)).toEqual([])
    await scene.appear(first)
    await soon(discovery, [first])
    await scene.appear(second)
    await soon(discovery, addresses)
    await scene.vanish(first)
    await soon(discovery, [second])
  })

  test('knows nobody of a service that nobody answers for, and calls to it are not made', async () => {
    const scene = await set()
    await scene.appear(first)
    const discovery = await look(scene)
    expect(discovery.instancesOf('payments')).toEqual([])
    expect(createBalancer(discovery).reach('payments')).toBeUndefined()
  })

  test('calls follow: who went is asked no more, who came is', async () => {
    const scene = await set()
    await scene.appear(first)
    const discovery = await look(scene)
    await soon(discovery, [first])
    const balancer = createBalancer(discovery)
    const asked = () => {
      const reach = balancer.reach('booking')
      reach?.done(true)
      return reach?.address
    }
    expect(asked()).toBe(first)
    await scene.vanish(first)
    await scene.appear(second)
    await soon(discovery, [second])
    expect(asked()).toBe(second)
  })

  test('may be told of its own instances and take that back, whether or not it passes that on', async () => {
    const scene = await set()
    const discovery = await look(scene)
    await discovery.announce(['booking'], first)
    await discovery.withdraw()
    await discovery.withdraw()
    await soon(await look(scene), [])
  })

  test('stops, and can be stopped again', async () => {
    const discovery = await look(await set())
    await discovery.stop()
    await discovery.stop()
  })
}
