import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { isSigned } from './signature.ts'

const now = Temporal.Instant.from('2026-12-01T18:00:00Z')
const seconds = now.epochMilliseconds / 1000
const rawBody = Buffer.from('{"type":"payment.captured"}')
const mac = (secret: string, time = seconds) =>
  createHmac('sha256', secret).update(`${time}.${rawBody}`).digest('hex')
const check = (header: string | undefined) =>
  isSigned({ rawBody, header, secret: 'ours', now, toleranceSeconds: 300 })

it('believes what was signed with our secret just now', () => {
  expect(check(`t=${seconds},v1=${mac('ours')}`)).toBe(true)
})

it('believes it while two secrets are in use', () => {
  expect(check(`t=${seconds},v1=${mac('older')},v1=${mac('ours')}`)).toBe(true)
})

it('does not believe another secret, another time or an old letter', () => {
  expect(check(`t=${seconds},v1=${mac('theirs')}`)).toBe(false)
  expect(check(`t=${seconds + 1},v1=${mac('ours')}`)).toBe(false)
  expect(check(`t=${seconds - 301},v1=${mac('ours', seconds - 301)}`)).toBe(false)
  expect(check(`t=${seconds + 301},v1=${mac('ours', seconds + 301)}`)).toBe(false)
})

it('does not trip over nonsense', () => {
  for (const header of [
    undefined,
    '',
    't=',
    'v1=00',
    `t=${seconds}`,
    `t=${seconds},v1=${'é'.repeat(64)}`,
    't=1e9,v1=x',
  ])
    expect(check(header)).toBe(false)
})
