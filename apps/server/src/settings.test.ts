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
  it('believes proxies that are addresses or networks, and no others', () => {
    const trusting = (proxies: string) => readSettings({ MARQUEE_TRUST_PROXY: proxies }).trustProxy
    expect(trusting('10.0.0.1, ')).toEqual(['10.0.0.1'])
    expect(trusting('loopback,10.0.0.0/8, fd00::/8,::1')).toEqual([
      'loopback',
      '10.0.0.0/8',
      'fd00::/8',
      '::1',
    ])
    expect(trusting(',')).toBe(false)
    for (const wrong of ['1', 'true', '10.0.0.1/0', '10.0.0.1/33', '10.0.0', 'proxy.example', '10.0.0.1,yes'])
      expect(() => trusting(wrong), wrong).toThrow(/^MARQUEE_TRUST_PROXY is /)
  })
  it('refuses the demo and switched-off limits in production', () => {
    expect(() => readSettings({ NODE_ENV: 'production', MARQUEE_DEMO: '1' })).toThrow(/MARQUEE_DEMO/)
    expect(() => readSettings({ NODE_ENV: 'production', MARQUEE_LIMITS: 'off' })).toThrow(/MARQUEE_LIMITS/)
    expect(limitsOffProblem('identity', { limits: 'off' })).toMatch(/IDENTITY_LIMITS/)
    expect(limitsOffProblem('identity', { limits: 'on' })).toBeUndefined()
    expect(readSettings({ NODE_ENV: 'production' }).demo).toBe(false)
    expect(readSettings({ NODE_ENV: 'test' }).profile).toBe('test')
  })
})
