import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type EtcdEngine, etcdAtHand, startEtcdMembers } from '../testing/index.ts'
import { createEtcd, type Entry, mirrorPrefix } from './index.ts'

describe.skipIf(!etcdAtHand())('an etcd of three members', () => {
  let members: EtcdEngine[]
  beforeAll(async () => {
    members = await startEtcdMembers(3)
  })
  afterAll(() => Promise.all((members ?? []).map((member) => member.remove())))

  test('what is written while any one of them is away is heard by whoever watched that one', async () => {
    const urls = members.map(({ url }) => url)
    const seen: (readonly Entry[])[] = []
    const mirror = mirrorPrefix({
      etcd: createEtcd({ urls }),
      prefix: 'limits/',
      onChange: (entries) => void seen.push(entries),
      onLost: () => {},
      lookEveryMilliseconds: 60_000,
    })
    await mirror.read
    for (const [at, member] of members.entries()) {
      await member.kill()
      await createEtcd({ urls: urls.toReversed() }).put('limits/search', String(at))
      await vi.waitFor(
        () => expect(seen.at(-1)).toEqual([{ key: 'limits/search', value: String(at) }]),
        10_000,
      )
      await member.start()
    }
    await mirror.stop()
  })
})
