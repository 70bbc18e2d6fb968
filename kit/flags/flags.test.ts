import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { flag, variantFlag } from '../contract/index.ts'
import { createMetrics } from '../telemetry/index.ts'
import { flagsSection, openFlags } from './index.ts'

const sofas = flag('sofas', { description: 'Sofas may be booked', usually: true })
const poster = variantFlag('poster', {
  description: 'Which poster is shown',
  variants: ['drawn', 'photo', 'none'],
  usually: 'drawn',
})
const section = flagsSection([sofas, poster])
const people = Array.from({ length: 2000 }, () => ({ userId: randomUUID() }))
type Rules = Parameters<typeof section.parse>[0]

async function withRules(given: Rules) {
  // As the configuration is: one object whose values change.
  const current = { rules: section.parse(given) as Record<string, unknown> }
  const rules = new Proxy({}, { get: (_, key) => current.rules[String(key)] })
  const metrics = createMetrics('server')
  const flags = await openFlags({ flags: [sofas, poster], rules, metrics })
  return { flags, metrics, change: (next: Rules) => (current.rules = section.parse(next)) }
}
const whoHas = async (flags: Awaited<ReturnType<typeof openFlags>>) =>
  new Set(
    (await Promise.all(people.map(async (one) => ((await flags.isOn(sofas, one)) ? one : undefined)))).filter(
      Boolean,
    ),
  )

test('nobody says anything: everything is as usual', async () => {
  const { flags } = await withRules({})
  expect(await flags.isOn(sofas, {})).toBe(true)
  expect(await flags.variantOf(poster, { userId: 'u1' })).toBe('drawn')
})

test('a switch is flipped for everybody at once, but for those who are named', async () => {
  const { flags, change } = await withRules({ sofas: { on: true } })
  expect(await flags.isOn(sofas, { userId: 'u1' })).toBe(true)
  change({ sofas: { on: false, people: ['u2'] } })
  expect(await flags.isOn(sofas, { userId: 'u1' })).toBe(false)
  expect(await flags.isOn(sofas, { userId: 'u2' })).toBe(true)
})

test('an answer that is the same for everybody follows every change of its rule', async () => {
  const { flags, change } = await withRules({})
  const isOn = () => Promise.all([flags.isOn(sofas, { userId: 'u1' }), flags.isOn(sofas, {})])
  for (let turn = 0; turn < 3; turn++) {
    expect(await isOn()).toEqual([true, true])
    change({ sofas: { on: false } })
    expect(await isOn()).toEqual([false, false])
    change({ sofas: { on: true, percentage: 0, people: ['u1'] } })
    expect(await isOn()).toEqual([true, false])
    change({})
  }
})

test('a change in the middle of an answer is not taken for what was before', async () => {
  const { flags, change } = await withRules({})
  const first = flags.isOn(sofas, {})
  change({ sofas: { on: false } })
  await first
  change({})
  expect(await flags.isOn(sofas, {})).toBe(true)
})

test('a roll-out reaches about as many as it says, and as it grows nobody loses what they had', async () => {
  const { flags, change } = await withRules({ sofas: { percentage: 0 } })
  let before = await whoHas(flags)
  expect(before.size).toBe(0)
  for (const percentage of [1, 10, 25, 50, 90, 100]) {
    change({ sofas: { percentage } })
    const now = await whoHas(flags)
    expect([...before].every((one) => now.has(one))).toBe(true)
    expect(Math.abs(now.size / people.length - percentage / 100)).toBeLessThan(0.04)
    before = now
  }
})

test('whoever is nobody in particular comes last', async () => {
  const { flags, change } = await withRules({ sofas: { percentage: 99 } })
  expect(await flags.isOn(sofas, {})).toBe(false)
  change({ sofas: { percentage: 100 } })
  expect(await flags.isOn(sofas, {})).toBe(true)
})

test('everybody keeps the variant they were dealt, in every process, by account or by browser', async () => {
  const rules = { poster: { shares: { drawn: 50, photo: 30, none: 20 } } }
  const [one, other] = [await withRules(rules), await withRules(rules)]
  const dealt = await Promise.all(people.map((person) => one.flags.variantOf(poster, person)))
  expect(await Promise.all(people.map((person) => other.flags.variantOf(poster, person)))).toEqual(dealt)
  const share = (variant: string) => dealt.filter((each) => each === variant).length / people.length
  expect([share('drawn'), share('photo'), share('none')].map((each) => Math.round(each * 10) / 10)).toEqual([
    0.5, 0.3, 0.2,
  ])
  const [first] = people
  expect(await one.flags.variantOf(poster, { visitor: first?.userId ?? '' })).toBe(dealt[0])
})

test('who has one flag says nothing about who has another', async () => {
  const { flags } = await withRules({
    sofas: { percentage: 50 },
    poster: { shares: { drawn: 50, photo: 50 } },
  })
  const both = await Promise.all(
    people.map(
      async (one) => (await flags.isOn(sofas, one)) && (await flags.variantOf(poster, one)) === 'drawn',
    ),
  )
  expect(Math.abs(both.filter(Boolean).length / people.length - 0.25)).toBeLessThan(0.04)
})

test('a flag that nobody declared, a variant that is none and shares that do not add up are refused', () => {
  expect(section.safeParse({ poster: { shares: { drawn: 50, photo: 40 } } }).error?.issues[0]?.message).toBe(
    'shares must come to 100 together',
  )
  expect(section.safeParse({ poster: { shares: { painted: 100 } } }).success).toBe(false)
  expect(section.safeParse({ sofas: { percentage: 101 } }).success).toBe(false)
  expect(section.safeParse({ sofas: { persent: 10 } }).success).toBe(false)
})

test('answers are counted', async () => {
  const { flags, metrics } = await withRules({ sofas: { percentage: 100 } })
  for (const userId of ['u1', 'u2', 'u1']) await flags.isOn(sofas, { userId })
  await flags.variantOf(poster, { userId: 'u1' })
  const text = await metrics.text()
  expect(text).toContain(
    'marquee_flag_evaluations_total{service="server",flag="sofas",answer="true",reason="STATIC"} 3',
  )
  expect(text).toContain('flag="poster",answer="drawn",reason="DEFAULT"} 1')
})
