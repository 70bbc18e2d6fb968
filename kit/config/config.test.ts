import { expect, test } from 'vitest'
import { z } from 'zod'
import { BadSettingError, describe, loadConfig, parseConfigFile, secret } from './index.ts'

const schema = z.object({
  holdMinutes: z.number().min(1).max(60).default(8),
  sweepSeats: z.boolean().default(true),
  payment: z.enum(['sandbox', 'stripe']).default('sandbox'),
  origins: z.array(z.string()).default([]),
  limits: z.object({ seats: z.int().default(10), orders: z.int().default(3) }).prefault({}),
  signingKey: secret(z.string().min(16)).optional(),
  siteUrl: z.url().optional(),
})

const load = (env: Record<string, string>, rest: Partial<Parameters<typeof loadConfig>[1]> = {}) =>
  loadConfig(schema, { service: 'booking', env, ...rest })

function problemsOf(work: () => unknown): readonly string[] {
  try {
    work()
  } catch (error) {
    if (error instanceof BadSettingError) return error.problems
    throw error
  }
  return []
}

test('a service needs no settings at all', () => {
  expect(load({ PATH: '/bin', PORT: '3000' })).toMatchObject({ holdMinutes: 8, payment: 'sandbox' })
})

test('a variable beats the profile, the profile the file, the file the defaults', () => {
  const file = parseConfigFile(`
booking: { holdMinutes: 10, payment: stripe, limits: { seats: 4 } }
profiles:
  prod: { booking: { holdMinutes: 12, limits: { orders: 1 } } }
`)
  expect(load({}, { file }).holdMinutes).toBe(10)
  expect(load({}, { file, profile: 'dev' }).holdMinutes).toBe(10)
  const prod = load({ BOOKING_SWEEP_SEATS: 'off' }, { file, profile: 'prod' })
  expect(prod).toMatchObject({ holdMinutes: 12, payment: 'stripe', sweepSeats: false })
  expect(prod.limits).toEqual({ seats: 4, orders: 1 })
  expect(load({ BOOKING_HOLD_MINUTES: '15' }, { file, profile: 'prod' }).holdMinutes).toBe(15)
})

test('variables are read as what the setting is', () => {
  const config = load({
    BOOKING_ORIGINS: 'https://a.example, https://b.example',
    BOOKING_LIMITS: '{"seats":2}',
  })
  expect(config.origins).toEqual(['https://a.example', 'https://b.example'])
  expect(config.limits).toEqual({ seats: 2, orders: 3 })
})

test('a bad value is named with its variable and the reason, all of them at once', () => {
  const problems = problemsOf(() =>
    load({
      BOOKING_HOLD_MINUTES: 'abc',
      BOOKING_PAYMENT: 'cash',
      BOOKING_SWEEP_SEATS: 'perhaps',
      BOOKING_SITE_URL: 'nowhere',
      BOOKING_LIMITS: 'none',
    }),
  )
  expect(problems.toSorted()).toEqual([
    'BOOKING_HOLD_MINUTES must be a number, not "abc"',
    'BOOKING_LIMITS must be a group of settings, not "none"',
    'BOOKING_PAYMENT must be "sandbox" or "stripe", not "cash"',
    'BOOKING_SITE_URL must be an address such as https://host, not "nowhere"',
    'BOOKING_SWEEP_SEATS must be true or false, not "perhaps"',
  ])
})

test('a number out of range says its range', () => {
  expect(problemsOf(() => load({ BOOKING_HOLD_MINUTES: '90' }))).toEqual([
    'BOOKING_HOLD_MINUTES must be at most 60, not "90"',
  ])
})

test('a missing setting is said to be required, with the variable that would give it', () => {
  const strict = z.object({ apiKey: z.string() })
  expect(problemsOf(() => loadConfig(strict, { service: 'movies', env: {} }))).toEqual([
    'movies.apiKey (MOVIES_API_KEY) is required',
  ])
})

test('a misspelt variable is refused with what was probably meant', () => {
  expect(problemsOf(() => load({ BOOKING_HOLD_MINUTE: '5' }))).toEqual([
    'BOOKING_HOLD_MINUTE is no setting of booking; did you mean BOOKING_HOLD_MINUTES?',
  ])
})

test('a variable that belongs to the host is left to it', () => {
  const reserved = ['BOOKING_DATABASE_URL']
  expect(load({ BOOKING_DATABASE_URL: 'postgres://x' }, { reserved }).holdMinutes).toBe(8)
})

test('mistakes in the file are named with their place', () => {
  const file = parseConfigFile('booking: { holdMinutes: soon, holdMinuets: 3 }')
  expect(problemsOf(() => load({}, { file })).toSorted()).toEqual([
    'booking.holdMinuets in marquee.yaml is no setting of booking; did you mean holdMinutes?',
    'booking.holdMinutes in marquee.yaml must be a number',
  ])
  expect(problemsOf(() => parseConfigFile('booking: ['))[0]).toMatch(/^marquee.yaml is not valid YAML/)
})

test('a secret comes from a file and never shows', () => {
  const readSecret = (path: string) => {
    if (path === '/run/secrets/key') return 'correct-horse-battery'
    throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
  }
  const config = load({ BOOKING_SIGNING_KEY_FILE: '/run/secrets/key' }, { readSecret })
  expect(config.signingKey).toBe('correct-horse-battery')
  expect(JSON.stringify(describe(schema, 'booking', config))).not.toContain('horse')
  expect(problemsOf(() => load({ BOOKING_SIGNING_KEY_FILE: '/nowhere' }, { readSecret }))).toEqual([
    'BOOKING_SIGNING_KEY_FILE names a file that cannot be read: it does not exist',
  ])
  expect(problemsOf(() => load({ BOOKING_SIGNING_KEY: 'short' }))).toEqual([
    'BOOKING_SIGNING_KEY must be at least 16 characters long, not what is given',
  ])
})

test('the doctor sees every setting and which are not the default', () => {
  const lines = describe(schema, 'booking', load({ BOOKING_HOLD_MINUTES: '9' }))
  expect(lines[0]).toEqual({
    setting: 'booking.holdMinutes',
    variable: 'BOOKING_HOLD_MINUTES',
    value: '9',
    isDefault: false,
    isLive: false,
  })
  expect(lines.find((line) => line.setting === 'booking.payment')?.isDefault).toBe(true)
})
