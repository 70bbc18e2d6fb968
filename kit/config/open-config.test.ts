import { randomUUID } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createEtcd, readEtcdUrl } from '../etcd/index.ts'
import { createMetrics, silentLogger } from '../telemetry/index.ts'
import {
  type BorrowedEngine,
  borrowEtcd,
  type EtcdEngine,
  etcdAtHand,
  etcdReachable,
  startEtcd,
} from '../testing/index.ts'
import {
  liveSetting,
  type OpenConfig,
  openConfig,
  secret,
  type WatchedSource,
  watchEtcd,
  watchFile,
} from './index.ts'

const booking = z.object({
  holdMinutes: liveSetting(z.coerce.number().int().min(1).max(60)).default(8),
  batchSize: z.coerce.number().int().default(256),
  providerKey: liveSetting(secret(z.string().min(8))).optional(),
})
type Booking = z.output<typeof booking>
const gateway = z.object({
  limits: liveSetting(z.object({ auth: z.int().positive().default(20), mail: z.int().default(5) })).prefault(
    {},
  ),
})
type Gateway = z.output<typeof gateway>

let folder: string
let said: string[]
const opened: OpenConfig[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
  said = []
})
afterEach(async () => {
  for (const config of opened.splice(0)) await config.stop()
})
const write = (text: string, name = 'live.yaml') => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const metrics = () => createMetrics('server')

async function open(source: WatchedSource | undefined, more: Partial<Parameters<typeof openConfig>[0]> = {}) {
  const note = (level: string) => (about: object, message: string) =>
    void said.push(`${level}: ${message} ${'problems' in about ? String(about.problems) : ''}`.trim())
  const config = await openConfig({
    sections: [
      { name: 'booking', schema: booking },
      { name: 'gateway', schema: gateway },
      { name: 'movies', schema: z.object({ quota: z.number().default(1) }), onlyJudged: true },
    ],
    env: {},
    profile: 'prod',
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    ...(source ? { source } : {}),
    ...more,
  })
  config.follow()
  opened.push(config)
  return {
    booking: config.of('booking') as Booking,
    gateway: config.of('gateway') as Gateway,
    changed: (listener: () => void) => config.onChange(listener),
  }
}
const soon = (read: () => unknown) => expect.poll(read)

test('a changed setting is in force within two seconds, whoever holds the configuration', async () => {
  const path = write('booking: { holdMinutes: 10 }')
  const config = await open(watchFile(path))
  expect(config.booking.holdMinutes).toBe(10)
  write('booking: { holdMinutes: 12 }\ngateway: { limits: { auth: 3 } }')
  await soon(() => config.booking.holdMinutes).toBe(12)
  expect(config.gateway.limits).toEqual({ auth: 3, mail: 5 })
  write('')
  await soon(() => config.booking.holdMinutes).toBe(8)
})

test('what an editor renames over the file counts, and so does a file that comes late, or goes', async () => {
  const path = join(folder, 'live.yaml')
  const config = await open(watchFile(path))
  expect(config.booking.holdMinutes).toBe(8)
  for (const minutes of [9, 10, 11]) {
    renameSync(write(`booking: { holdMinutes: ${minutes} }`, 'draft'), path)
    await soon(() => config.booking.holdMinutes).toBe(minutes)
  }
  renameSync(path, join(folder, 'away'))
  await soon(() => config.booking.holdMinutes).toBe(8)
})

test('what Kubernetes swaps under a link counts', async () => {
  const put = (version: string, minutes: number) => {
    mkdirSync(join(folder, version))
    write(`booking: { holdMinutes: ${minutes} }`, join(version, 'live.yaml'))
    symlinkSync(version, join(folder, '..tmp'))
    renameSync(join(folder, '..tmp'), join(folder, '..data'))
  }
  put('..1', 9)
  symlinkSync(join('..data', 'live.yaml'), join(folder, 'live.yaml'))
  const config = await open(watchFile(join(folder, 'live.yaml')))
  expect(config.booking.holdMinutes).toBe(9)
  put('..2', 10)
  await soon(() => config.booking.holdMinutes).toBe(10)
})

test('a bad change is refused whole, said once with the setting and the reason, and the old values stay', async () => {
  const path = write('booking: { holdMinutes: 10 }')
  const counted = metrics()
  const config = await open(watchFile(path), { metrics: counted })
  write('booking: { holdMinutes: 0 }\ngateway: { limits: { auth: 3 } }')
  await soon(() => said.length).toBe(1)
  expect(said[0]).toMatch(/^error: .*stays booking\.holdMinutes in live\.yaml must be at least 1$/)
  expect(config.booking.holdMinutes).toBe(10)
  expect(config.gateway.limits.auth).toBe(20)
  write('booking: [')
  await soon(() => said[1]).toMatch(/live\.yaml is not valid YAML/)
  write('bookng: { holdMinutes: 5 }\nmovies: { quota: many }')
  await soon(() => said[2]).toMatch(
    /bookng in live\.yaml is no part of the configuration; did you mean booking\?,movies\.quota in live\.yaml must be a number$/,
  )
  write('booking: { holdMinutes: 11 }')
  await soon(() => config.booking.holdMinutes).toBe(11)
  const text = await counted.text()
  expect(text).toContain('marquee_config_generation{service="server"} 2')
  expect(text).toContain('marquee_config_refused_total{service="server"} 3')
})

test('a setting that only counts at the start says so, and is left alone until then', async () => {
  const path = write('booking: { batchSize: 10 }')
  const config = await open(watchFile(path))
  write('booking: { batchSize: 20 }')
  await soon(() => said).toEqual(['warn: booking.batchSize changed and takes effect with the next start'])
  expect(config.booking.batchSize).toBe(10)
  expect((await open(watchFile(path))).booking.batchSize).toBe(20)
})

test('a watched value beats the environment, and a profile is for those who run it', async () => {
  const path = write(
    'profiles: { prod: { booking: { holdMinutes: 9 } }, dev: { booking: { holdMinutes: 1 } } }',
  )
  const config = await open(watchFile(path), { env: { BOOKING_HOLD_MINUTES: '20', BOOKING_BATCH_SIZE: '7' } })
  expect(config.booking).toMatchObject({ holdMinutes: 9, batchSize: 7 })
})

test('a secret is read again when its file changes, and is never said', async () => {
  const path = write('first-secret', 'key')
  const config = await open(undefined, { env: { BOOKING_PROVIDER_KEY_FILE: path } })
  expect(config.booking.providerKey).toBe('first-secret')
  let told = 0
  config.changed(() => (told += 1))
  write('other-secret\n', 'key')
  await soon(() => config.booking.providerKey).toBe('other-secret')
  expect(told).toBe(1)
  write('short', 'key')
  await soon(() => said.length).toBe(2)
  expect(config.booking.providerKey).toBe('other-secret')
  expect(said.join()).not.toContain('secret')
})

test('a change refused for a bad secret beside it is in force once the secret is good', async () => {
  const secret = write('first-secret', 'key')
  const env = { BOOKING_PROVIDER_KEY_FILE: secret }
  const path = write('booking: { holdMinutes: 10 }')
  const keepIn = join(folder, 'kept.json')
  const config = await open(watchFile(path), { env, keepIn })
  write('short', 'key')
  await soon(() => said.length).toBe(1)
  write('booking: { holdMinutes: 12 }')
  await soon(() => said.length).toBe(2)
  expect(config.booking.holdMinutes).toBe(10)
  write('other-secret', 'key')
  await soon(() => config.booking.holdMinutes).toBe(12)
  expect(readFileSync(keepIn, 'utf8')).toContain('12')
})

test('a start with a bad value goes on with the last good ones, and without any it does not start', async () => {
  const path = write('booking: { holdMinutes: 10 }')
  const keepIn = join(folder, 'secrets', 'kept.json')
  await open(watchFile(path), { keepIn })
  expect(statSync(keepIn).mode & 0o777).toBe(0o600)
  write('booking: { holdMinutes: never }')
  await expect(open(watchFile(path))).rejects.toMatchObject({
    problems: ['booking.holdMinutes in live.yaml must be a number'],
  })
  said = []
  const config = await open(watchFile(path), { keepIn })
  expect(config.booking.holdMinutes).toBe(10)
  expect(said[0]).toMatch(/last good settings booking\.holdMinutes in live\.yaml must be a number/)
  write('booking: { holdMinutes: 12 }')
  await soon(() => config.booking.holdMinutes).toBe(12)
  expect(readFileSync(keepIn, 'utf8')).toContain('12')
})

test('settings that cannot be kept for the next start are in force all the same, at a start and later', async () => {
  const path = write('booking: { holdMinutes: 10 }')
  const keepIn = join(folder, 'kept.json')
  await open(watchFile(path), { keepIn })
  write('booking: { holdMinutes: 11 }')
  await soon(() => readFileSync(keepIn, 'utf8')).toContain('11')
  await opened.pop()?.stop()

  // A full disk, seen from here.
  mkdirSync(`${keepIn}.${process.pid}`)
  write('booking: { holdMinutes: 12 }')
  said = []
  const config = await open(watchFile(path), { keepIn })
  expect(config.booking.holdMinutes).toBe(12)
  expect(said[0]).toMatch(/^warn: .*cannot be kept/)
  let told = 0
  config.changed(() => (told += 1))
  write('booking: { holdMinutes: 13 }')
  await soon(() => config.booking.holdMinutes).toBe(13)
  expect(told).toBe(1)
})

test('a file that cannot even be looked at changes nothing, until it can', async () => {
  const path = write('booking: { holdMinutes: 10 }')
  const config = await open(watchFile(path))
  rmSync(path)
  symlinkSync(path, path)
  await soon(() => said[0]).toMatch(/^error: .*stays live\.yaml cannot be read/)
  expect(config.booking.holdMinutes).toBe(10)
  rmSync(path)
  write('booking: { holdMinutes: 12 }')
  await soon(() => config.booking.holdMinutes).toBe(12)
})

describe.skipIf(!etcdReachable())('settings in etcd', () => {
  let engine: BorrowedEngine
  beforeAll(async () => {
    engine = await borrowEtcd()
  })
  afterAll(() => engine?.remove())
  const prefix = `cinema-${randomUUID()}/config/`
  const etcd = () => createEtcd(readEtcdUrl(engine.url))
  const put = (path: string, value: string) => etcd().put(`${prefix}${path}`, value)
  const source = () => watchEtcd({ etcd: etcd(), prefix, log: silentLogger })

  test('a changed limit is in force in every process within two seconds; a bad one in none', async () => {
    await put('booking', 'holdMinutes: 10')
    const [one, other] = [await open(source()), await open(source())]
    expect([one.booking.holdMinutes, other.booking.holdMinutes]).toEqual([10, 10])
    await put('gateway/limits/auth', '4')
    await soon(() => [one.gateway.limits.auth, other.gateway.limits.auth]).toEqual([4, 4])
    await put('gateway/limits/auth', 'plenty')
    await soon(() => said.filter((line) => line.startsWith('error')).length).toBe(2)
    expect(said.find((line) => line.startsWith('error'))).toContain(
      'gateway.limits.auth in etcd must be a number',
    )
    expect([one.gateway.limits.auth, other.gateway.limits.auth]).toEqual([4, 4])
    await etcd().remove(`${prefix}gateway/limits/auth`)
    await soon(() => [one.gateway.limits.auth, other.gateway.limits.auth]).toEqual([20, 20])
    await etcd().remove(`${prefix}booking`)
  })
})

describe.skipIf(!etcdAtHand())('settings in an etcd that fails', () => {
  let engine: EtcdEngine
  beforeAll(async () => {
    engine = await startEtcd()
  })
  afterAll(() => engine?.remove())
  const prefix = 'cinema/config/'
  const etcd = () => createEtcd({ urls: [engine.url] })
  const put = (path: string, value: string) => etcd().put(`${prefix}${path}`, value)
  const source = () => watchEtcd({ etcd: etcd(), prefix, log: silentLogger })

  test('while etcd is away settings stay, also for who starts then', async () => {
    await put('booking/holdMinutes', '11')
    const keepIn = join(folder, 'kept.json')
    const running = await open(source(), { keepIn })
    await engine.wipe()
    const late = await open(source(), { keepIn })
    expect([running.booking.holdMinutes, late.booking.holdMinutes]).toEqual([11, 11])
    await expect(open(source())).rejects.toThrow(/etcd at .* does not answer/)
    await engine.start()
    await put('gateway/limits/auth', '6')
    await soon(() => running.gateway.limits.auth).toBe(6)
  })
})
