import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { anonymousCaller } from '../contract/index.ts'
import { openServiceKeys, rotateServiceKeys } from './service-keys.ts'

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
