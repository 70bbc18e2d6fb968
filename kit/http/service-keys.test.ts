import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { anonymousCaller } from '../contract/index.ts'
import { listServiceKeys, openServiceKeys, pruneServiceKeys, rotateServiceKeys } from './service-keys.ts'

const somewhere = () => join(mkdtempSync(join(tmpdir(), 'keys-')), 'secrets', 'services.json')

test('what one service vouches for another believes, for its own audience only', async () => {
  const file = somewhere()
  const [one, other] = await Promise.all([openServiceKeys(file), openServiceKeys(file)])
  const token = await one.sign({ ...anonymousCaller, network: '10.0.0.0' }, 'booking')
  expect(await other.verify(token, 'booking')).toMatchObject({ kind: 'anonymous', network: '10.0.0.0' })
  expect(await other.verify(token, 'payments')).toBeUndefined()
  expect(await other.verify('made.up.token', 'booking')).toBeUndefined()
  expect(await (await openServiceKeys(somewhere())).verify(token, 'booking')).toBeUndefined()
})

test('keys rotate while services run: old tokens hold, new ones are believed at once', async () => {
  const file = somewhere()
  let time = Date.now()
  const now = () => time
  const signer = await openServiceKeys(file, now)
  const reader = await openServiceKeys(file, now)
  const before = await signer.sign(anonymousCaller, 'booking')
  const fresh = await rotateServiceKeys(file, now)
  time += 40_000
  const after = await signer.sign(anonymousCaller, 'booking')
  const idOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid
  expect(idOf(before)).not.toBe(fresh)
  expect(idOf(after)).toBe(fresh)
  expect(await reader.verify(before, 'booking')).toBeDefined()
  expect(await reader.verify(after, 'booking')).toBeDefined()
})

test('a clock that was set back makes nobody go on signing with a key that is past', async () => {
  const file = somewhere()
  let time = Date.now()
  const now = () => time
  const reader = await openServiceKeys(file, now)
  time += 3_600_000
  const signer = await openServiceKeys(file, now)
  await signer.sign(anonymousCaller, 'booking')
  time -= 3_600_000
  await rotateServiceKeys(file, now)
  time += 140_000
  expect(await reader.verify(await signer.sign(anonymousCaller, 'booking'), 'booking')).toBeDefined()
})

test('a key waits, signs, only verifies and is past, in this order; past ones leave the file', async () => {
  const file = somewhere()
  let time = Date.now()
  const now = () => time
  const services = await openServiceKeys(file, now)
  const states = () => listServiceKeys(file, now).map(({ state }) => state)
  expect(states()).toEqual(['signs'])
  time += 60_000
  await rotateServiceKeys(file, now)
  expect(states()).toEqual(['waits', 'signs'])
  // In a hurry, twice: nobody signs with what somebody may not have read.
  time += 5000
  await rotateServiceKeys(file, now)
  expect(states()).toEqual(['waits', 'waits', 'signs'])
  time += 10_000
  expect(states()).toEqual(['signs', 'verifies', 'verifies'])
  expect(pruneServiceKeys(file, now)).toBe(0)
  const before = await services.sign(anonymousCaller, 'booking')
  expect(await services.verify(before, 'booking')).toBeDefined()
  time += 130_000
  expect(states()).toEqual(['signs', 'past', 'past'])
  expect(pruneServiceKeys(file, now)).toBe(2)
  expect(states()).toEqual(['signs'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a key that is past vouches no more, even while the file still has it', async () => {
  const file = somewhere()
  let time = Date.now()
  const now = () => time
  const services = await openServiceKeys(file, now)
  const token = await services.sign(anonymousCaller, 'booking')
  await rotateServiceKeys(file, now)
  time += 129_000
  expect(await services.verify(token, 'booking')).toBeDefined()
  time += 2000
  expect(await services.verify(token, 'booking')).toBeUndefined()
})

test('two who rotate at once do not lose a key: one is told to wait', async () => {
  const file = somewhere()
  await openServiceKeys(file)
  writeFileSync(`${file}.lock`, '')
  await expect(rotateServiceKeys(file)).rejects.toThrow('somebody else changes the keys')
  rmSync(`${file}.lock`)
  await rotateServiceKeys(file)
  expect(listServiceKeys(file)).toHaveLength(2)
})

test('no call between two processes is refused while keys rotate', async () => {
  const file = somewhere()
  const signer = await openServiceKeys(file)
  const other = fork(fileURLToPath(new URL('./tests/verifying-process.ts', import.meta.url)), [file])
  const answers: unknown[] = []
  const ready = Promise.withResolvers<void>()
  other.on('message', (said) => (said === 'ready' ? ready.resolve() : answers.push(said)))
  await ready.promise
  const ids = new Set<string>()
  let calls = 0
  const fresh = await rotateServiceKeys(file)
  const until = performance.now() + 13_000
  while (performance.now() < until) {
    // Somebody new each time, so that each call is signed anew.
    calls += 1
    const token = await signer.sign({ ...anonymousCaller, network: `10.0.0.${calls}` }, 'booking')
    ids.add(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid)
    other.send(token)
    await pause(10)
  }
  await expect.poll(() => answers.length, { timeout: 5000 }).toBe(calls)
  other.kill()
  expect(answers.filter((said) => said === 'refused')).toEqual([])
  expect(ids.size).toBe(2)
  expect([...ids].at(-1)).toBe(fresh)
}, 30_000)

test('a file of keys that is gone or cannot be read takes nothing away, and is told of once', async () => {
  const file = somewhere()
  let time = Date.now()
  const now = () => time
  const told: unknown[] = []
  const services = await openServiceKeys(file, now, (error) => told.push(error))
  const good = readFileSync(file, 'utf8')
  for (const harm of [() => rmSync(file), () => writeFileSync(file, '{ "keys": [')]) {
    harm()
    for (const _ of ['one look', 'another']) {
      time += 40_000
      const token = await services.sign(anonymousCaller, 'booking')
      expect(await services.verify(token, 'booking')).toBeDefined()
    }
  }
  expect(told).toHaveLength(2)
  writeFileSync(file, good)
  const fresh = await rotateServiceKeys(file, now)
  time += 40_000
  const token = await services.sign(anonymousCaller, 'booking')
  expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid).toBe(fresh)
  expect(told).toHaveLength(2)
})
