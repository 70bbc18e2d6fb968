import { describe, expect, it } from 'vitest'
import { limitsOffProblem, readSettings } from './settings.ts'

describe('what the environment asks for', () => {
  it('starts a demo on port 3000 when nothing is said', () => {
    expect(readSettings({})).toMatchObject({
      port: 3000,
      opsPort: 9464,
      demo: true,
      limitsOff: false,
      production: false,
    })
  })
  it('names the variable and the reason when a value is wrong', () => {
    expect(() => readSettings({ PORT: 'abc' })).toThrow(/PORT is "abc"/)
    expect(() => readSettings({ DATABASE_URL: 'mysql://x' })).toThrow(/DATABASE_URL/)
  })
  it('names no password of an address that is wrong', () => {
    for (const [name, value] of [
      ['DATABASE_URL', 'mysql://me:hush@db/marquee'],
      ['DATABASE_URL', 'postgresql//me:hush@db'],
      ['DATABASE_REPLICA_URLS', 'postgresql://a/db,mysql://me:hu/sh@b/db'],
      ['RABBITMQ_URL', 'amqp://me:hu/sh@a,amqp://me:hush@b'],
    ] as const) {
      const start = () => readSettings({ [name]: value })
      expect(start, value).toThrow(name)
      expect(start, value).not.toThrow(/hu\/?sh/)
    }
  })
  it('refuses the demo and switched-off limits in production', () => {
    expect(() => readSettings({ NODE_ENV: 'production', MARQUEE_DEMO: '1' })).toThrow(/MARQUEE_DEMO/)
    expect(() => readSettings({ NODE_ENV: 'production', MARQUEE_LIMITS: 'off' })).toThrow(/MARQUEE_LIMITS/)
    expect(limitsOffProblem('identity', { limits: 'off' })).toMatch(/IDENTITY_LIMITS/)
    expect(limitsOffProblem('identity', { limits: 'on' })).toBeUndefined()
    expect(readSettings({ NODE_ENV: 'production' }).demo).toBe(false)
  })
})
