import { generateKeyPairSync, sign } from 'node:crypto'
import { shortCodeOf } from '@marquee/contracts/short-code'
import { describe, expect, test } from 'vitest'
import type { Manifest } from './door-types.ts'
import { findTyped } from './find-typed.ts'
import { judgeOffline, mergeManifest, withAdmitted } from './judge-offline.ts'
import { readCode } from './read-code.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const { x = '' } = publicKey.export({ format: 'jwk' })
const keys = [{ kid: 'aabbccdd', kty: 'OKP', crv: 'Ed25519', x }]
const ticketId = '0193c0de-0000-7000-8000-0000000000a1'
const showId = '0193c0de-0000-7000-8000-0000000000b2'
const now = '2026-12-01T18:30:00Z'

function codeOf(ticket: string, show: string, seatId: string): string {
  const bytes = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex')
  const payload = Buffer.concat([
    Buffer.from('aabbccdd', 'hex'),
    bytes(ticket),
    bytes(show),
    Buffer.from(seatId),
  ])
  const signed = `MQ1.${payload.toString('base64url')}`
  return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`
}
type Listed = Manifest['tickets'][number]
const listed = (more: Partial<Listed> = {}): Listed => ({
  id: ticketId,
  seatId: 'F12',
  row: 'F',
  number: '12',
  ticketType: 'adult',
  status: 'valid',
  admittedAt: null,
  ...more,
})
const manifest = (...tickets: Listed[]): Manifest => ({
  show: {
    id: showId,
    movieId: showId,
    movieTitle: 'A film',
    theaterId: showId,
    theaterName: 'A theater',
    theaterAddress: '',
    screenId: showId,
    screenName: 'Screen 1',
    startsAt: now,
    localStart: '2026-12-01T19:30',
    timeZone: 'Europe/Berlin',
    runtimeMinutes: 100,
    cancelled: false,
  },
  generatedAt: now,
  tickets,
})
const judge = async (code: string, list: Manifest) =>
  judgeOffline(findTyped(code, list) ?? (await readCode(code, keys)), list, now)

describe('a door without a network', () => {
  test('admits a listed ticket once', async () => {
    const list = manifest(listed())
    const first = await judge(codeOf(ticketId, showId, 'F12'), list)
    expect(first).toMatchObject({ result: 'admitted', ticket: { row: 'F', number: '12' } })
    const second = await judge(codeOf(ticketId, showId, 'F12'), withAdmitted(list, first))
    expect(second).toMatchObject({ result: 'already-admitted', admittedAt: now })
  })
  test('refuses a forged code', async () => {
    const code = codeOf(ticketId, showId, 'F12')
    const [version, payload = '', seal] = code.split('.')
    const forged = [
      version,
      Buffer.from(payload, 'base64url').fill(0x41, 36).toString('base64url'),
      seal,
    ].join('.')
    expect(await judge(forged, manifest(listed()))).toEqual({ result: 'invalid' })
    expect(await judge('nonsense', manifest(listed()))).toEqual({ result: 'invalid' })
  })
  test('refuses a code of which a scanner lost any part', async () => {
    const code = codeOf(ticketId, showId, 'F12')
    for (let length = 0; length < code.length; length += 1)
      expect(await judge(code.slice(0, length), manifest(listed()))).toEqual({ result: 'invalid' })
  })
  test('sends a guest of another show on', async () => {
    const other = '0193c0de-0000-7000-8000-0000000000ff'
    expect(await judge(codeOf(ticketId, other, 'F12'), manifest(listed()))).toEqual({ result: 'wrong-show' })
  })
  test('refuses a refunded ticket', async () => {
    const list = manifest(listed({ status: 'refunded' }))
    expect(await judge(codeOf(ticketId, showId, 'F12'), list)).toMatchObject({ result: 'refunded' })
  })
  test('admits a genuine ticket bought after the list was loaded', async () => {
    expect(await judge(codeOf(ticketId, showId, 'F12'), manifest())).toMatchObject({ result: 'admitted' })
  })
  test('admits a listed ticket by its typed code, once, whether it is typed or scanned', async () => {
    const list = manifest(listed({ id: '0193c0de-0000-7000-8000-0123456789ab' }), listed())
    const first = await judge(shortCodeOf(ticketId).toLowerCase(), list)
    expect(first).toMatchObject({ result: 'admitted', ticket: { id: ticketId, row: 'F', number: '12' } })
    const after = withAdmitted(list, first)
    expect(await judge(shortCodeOf(ticketId), after)).toMatchObject({ result: 'already-admitted' })
    expect(await judge(codeOf(ticketId, showId, 'F12'), after)).toMatchObject({ result: 'already-admitted' })
  })
  test('refuses a typed code of a refunded ticket, of none on the list, and of two', async () => {
    const typed = shortCodeOf(ticketId)
    expect(await judge(typed, manifest(listed({ status: 'refunded' })))).toMatchObject({ result: 'refunded' })
    expect(await judge(typed, manifest())).toEqual({ result: 'invalid' })
    const alike = listed({ id: ticketId.replace('0193', '0194'), seatId: 'F13' })
    expect(await judge(typed, manifest(listed(), alike))).toEqual({ result: 'invalid' })
  })
  test('keeps those inside whom it has not told the house about, when a fresh list comes', () => {
    const inside = manifest(listed({ status: 'admitted', admittedAt: now }))
    expect(mergeManifest(manifest(listed()), inside, true).tickets[0]?.status).toBe('admitted')
    expect(mergeManifest(manifest(listed()), inside, false).tickets[0]?.status).toBe('valid')
  })
  test('keeps those inside whom a list cannot know of that was made before they came', () => {
    const inside = manifest(listed({ status: 'admitted', admittedAt: now }))
    const before = new Date(Date.parse(now) - 10_000).toISOString()
    const older = { ...manifest(listed()), generatedAt: before }
    expect(mergeManifest(older, inside, false).tickets[0]).toMatchObject({
      status: 'admitted',
      admittedAt: now,
    })
  })
})
