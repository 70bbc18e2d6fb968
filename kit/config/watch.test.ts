import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { createEtcd, readEtcdUrl } from '../etcd/index.ts'
import { silentLogger } from '../telemetry/index.ts'
import { type BorrowedEngine, borrowEtcd, etcdReachable } from '../testing/index.ts'
import { watchEtcd, watchFile } from './index.ts'
import { watchSuite } from './watch-suite.ts'

describe('settings watched in a file', () => {
  watchSuite(async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'watched-')), 'live.yaml')
    const held = new Map<string, string>()
    return {
      open: () => watchFile(path),
      async say(section, yaml) {
        if (yaml === undefined) held.delete(section)
        else held.set(section, yaml)
        writeFileSync(path, [...held].map(([name, value]) => `${name}: ${value}\n`).join(''))
      },
    }
  })
})

describe.skipIf(!etcdReachable())('settings watched in etcd', () => {
  let engine: BorrowedEngine
  beforeAll(async () => {
    engine = await borrowEtcd()
  })
  afterAll(() => engine?.remove())

  watchSuite(async () => {
    const prefix = `cinema-${randomUUID()}/config/`
    const etcd = createEtcd(readEtcdUrl(engine.url))
    return {
      open: () => watchEtcd({ etcd: createEtcd(readEtcdUrl(engine.url)), prefix, log: silentLogger }),
      say: async (section, yaml) =>
        yaml === undefined ? etcd.remove(`${prefix}${section}`) : etcd.put(`${prefix}${section}`, yaml),
    }
  })
})
